/**
 * Changes to a file that are made and taken away again, so that a generator and its removal cannot disagree. The files are
 * formatted afterwards: where a line breaks is not their business.
 *
 * @typedef {object} TextEdit
 * @property {string} file
 * @property {(text: string) => string} add
 * @property {(text: string) => string} remove
 */

/**
 * A line of its own, below the last one that matches `below`, or above the first one that matches `above`.
 *
 * @param {string} file
 * @param {{ below: RegExp } | { above: RegExp }} place
 * @param {string} line
 * @returns {TextEdit}
 */
export function aLine(file, place, line) {
  return {
    file,
    add(text) {
      const lines = text.split('\n');
      const at =
        'below' in place
          ? lines.findLastIndex((each) => place.below.test(each)) + 1
          : lines.findIndex((each) => place.above.test(each));
      if (at < ('below' in place ? 1 : 0)) throw unknownIn(file, Object.values(place)[0]);
      return lines.toSpliced(at, 0, line).join('\n');
    },
    remove: (text) => without(text, line),
  };
}

/**
 * An import, or what is exported from elsewhere: below the last one, or at the top where there is none.
 *
 * @param {string} file
 * @param {string} line
 * @returns {TextEdit}
 */
export function anImport(file, line) {
  const kind = line.startsWith('export') ? /^export .*from '[^']+';$/ : /^(import .*|\}) from '[^']+';$/;
  return {
    file,
    add(text) {
      const lines = text.split('\n');
      const last = lines.findLastIndex((each) => kind.test(each));
      return last < 0 ? `${line}\n\n${text}` : lines.toSpliced(last + 1, 0, line).join('\n');
    },
    remove: (text) => without(text, line).replace(/^\n+/, ''),
  };
}

/**
 * The last item of a list, an object, or a type made of several: from the end of what `opening` matches to the next
 * `closing`.
 *
 * @param {string} file
 * @param {{ opening: RegExp, closing: RegExp, between?: string }} list
 * @param {string} item
 * @returns {TextEdit}
 */
export function lastItem(file, { opening, closing, between = ',' }, item) {
  /** @param {string} text */
  const listIn = (text) => {
    const found = opening.exec(text);
    if (!found) throw unknownIn(file, opening);
    const begin = found.index + found[0].length;
    const length = text.slice(begin).search(closing);
    if (length < 0) throw unknownIn(file, closing);
    return { before: text.slice(0, begin), list: text.slice(begin, begin + length), after: text.slice(begin + length) };
  };
  const [apart, what] = [escaped(between.trim()), escaped(item)];
  const afterAnother = new RegExp(`\\s*${apart}\\s*${what}(?=\\W|$)`);
  const alone = new RegExp(`${what}\\s*${apart}?`);
  return {
    file,
    add(text) {
      const { before, list, after } = listIn(text);
      const others = list.replace(/,\s*$/, '');
      return others.trim() === '' ? before + list + item + after : `${before}${others}${between} ${item}${after}`;
    },
    remove(text) {
      const { before, list, after } = listIn(text);
      const rest = afterAnother.test(list) ? list.replace(afterAnother, '') : list.replace(alone, '');
      return before + rest + after;
    },
  };
}

/**
 * The last member of an object, both with braces that close in a line of their own.
 *
 * @param {string} file
 * @param {RegExp} opening
 * @param {{ name: string, value: string }} member
 * @returns {TextEdit}
 */
export function lastMember(file, opening, { name, value }) {
  return {
    file,
    add(text) {
      const begin = opening.exec(text)?.index ?? -1;
      const end = begin < 0 ? -1 : text.indexOf('\n};', begin);
      if (end < 0) throw unknownIn(file, opening);
      return `${text.slice(0, end)}\n  ${name}: ${value},${text.slice(end)}`;
    },
    remove: (text) => text.replace(new RegExp(`\\n  ${escaped(name)}: \\{[^]*?\\n  \\},(?=\\n)`), ''),
  };
}

/**
 * @param {string} text
 * @param {string} line
 */
function without(text, line) {
  const [dense = ''] = [line].map(denseOf);
  return text
    .split('\n')
    .filter((each) => denseOf(each) !== dense)
    .join('\n');
}

/** @param {string} line */
const denseOf = (line) => line.replaceAll(/\s+/g, ' ').trim();

/** @param {string} text */
const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * @param {string} file
 * @param {RegExp | undefined} what
 */
const unknownIn = (file, what) =>
  new Error(`${file} has nothing like ${String(what)}: the generator does not know it any more`);
