/** What the directory knows of a person. */
export interface Person {
  readonly person: string;
  readonly active: boolean;
  readonly manager: string | null;
  readonly absences: readonly { readonly from: string; readonly until: string; readonly delegate: string | null }[];
}

const always = { from: '1970-01-01T00:00:00.000Z', until: '9999-12-31T00:00:00.000Z' };

/** Absences by name. `u-away-1` has the delegate `u-deputy-1`. */
const delegates: Readonly<Record<string, string | null>> = {
  'u-away': 'u-deputy',
  'u-circle': 'u-circling',
  'u-circling': 'u-circle',
  'u-unreachable': null,
};

/** Everybody exists, is there, and has a manager of their own, except those whose name says otherwise. */
export function personNamed(name: string): Person {
  const [known, rest] = split(name);
  const delegate = known === undefined ? undefined : delegates[known];
  return {
    person: name,
    active: known !== 'u-left',
    manager: known === 'u-nobodys' ? null : `u-manager-of-${name}`,
    absences: delegate === undefined ? [] : [{ ...always, delegate: delegate && delegate + rest }],
  };
}

const names = [...Object.keys(delegates), 'u-left', 'u-nobodys'];

function split(name: string): [known: string | undefined, rest: string] {
  const known = names.find((each) => name === each || name.startsWith(`${each}-`));
  return [known, known === undefined ? '' : name.slice(known.length)];
}

/** Every role has three people, except `nobody`. */
export function peopleIn(role: string): readonly string[] {
  return role === 'nobody' ? [] : [1, 2, 3].map((number) => `u-${role}-${number}`);
}
