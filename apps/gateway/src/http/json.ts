const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The message says what is wrong with the body, and can be shown to the caller. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/**
 * Accepts only JSON that all parsers read the same way: UTF-8 without a byte order mark, and no repeated names in an object.
 * A body with more than `mostFields` values is refused without parsing it.
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
    // Without the parser's message, which quotes the body.
    throw new NotJson('must be JSON');
  }
}

/** Matches whole strings, and the characters between values. */
const marks = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** Of two fields with the same name `JSON.parse` keeps the last; other parsers keep the first. */
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
