const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a sent body has to be, in words that can be told to whoever sent it. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/**
 * JSON that every reader reads alike: UTF-8 without a byte order mark, each name once in its object. Of more than
 * `mostFields` values nothing is read but that they are too many.
 */
export function readJson(bytes: Buffer, mostFields = Infinity): unknown {
  const text = decoded(bytes);
  const value = parsed(text);
  checkFields(text, mostFields);
  return value;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new NotJson('must be JSON in UTF-8', { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the words of the parser, which quotes the body.
    throw new NotJson('must be JSON');
  }
}

/** In text that is JSON, whole strings and the marks between values. */
const marks = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** `JSON.parse` keeps the last of two fields of one name; somebody else's reader keeps the first. */
function checkFields(text: string, mostFields: number): void {
  const open: Set<string>[] = [];
  let fields = 0;
  let last = '';
  for (const [mark] of text.matchAll(marks)) {
    if (mark === '{' || mark === '[') open.push(new Set());
    if (mark === '}' || mark === ']') open.pop();
    if (mark === '{' || mark === '[' || mark === ',') fields += 1;
    if (fields > mostFields) throw new NotJson(`must not have more than ${mostFields} fields`);
    if (mark === ':') {
      const name = JSON.parse(last) as string;
      if (name === '__proto__') throw new NotJson('must be JSON without a field "__proto__"');
      const names = open.at(-1)!;
      if (names.has(name)) throw new NotJson('must not name a field twice');
      names.add(name);
    }
    last = mark;
  }
}
