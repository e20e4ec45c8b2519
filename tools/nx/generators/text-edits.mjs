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
 * A line of its own, below the last one that matches.
 *
 * @param {string} file
 * @param {RegExp} below
 * @param {string} line
 * @returns {TextEdit}
 */
export function lineBelow(file, below, line) {
  return {
    file,
    add(text) {
      const lines = text.split('\n');
      const at = lines.findLastIndex((each) => below.test(each));
      if (at < 0) throw new Error(`${file} has no line like ${String(below)}: the generator does not know it any more`);
      return lines.toSpliced(at + 1, 0, line).join('\n');
    },
    remove: (text) =>
      text
        .split('\n')
        .filter((each) => each.replaceAll(/\s+/g, ' ') !== line.replaceAll(/\s+/g, ' '))
        .join('\n'),
  };
}

/**
 * The last item of a list or of a type made of several: from the end of what `opening` matches to the next `closing`.
 *
 * @param {string} file
 * @param {{ opening: RegExp, closing: string, between: string }} list
 * @param {string} item
 * @returns {TextEdit}
 */
export function lastItem(file, { opening, closing, between }, item) {
  /** @param {string} text */
  const listIn = (text) => {
    const found = opening.exec(text);
    if (!found) throw new Error(`${file} has no ${String(opening)}: the generator does not know it any more`);
    const begin = found.index + found[0].length;
    const end = text.indexOf(closing, begin);
    return { before: text.slice(0, begin), list: text.slice(begin, end), after: text.slice(end) };
  };
  const asItem = new RegExp(`\\s*${escaped(between)}\\s*${escaped(item)}\\b`);
  return {
    file,
    add(text) {
      const { before, list, after } = listIn(text);
      return `${before}${list.replace(/,?\s*$/, '')}${between} ${item}${after}`;
    },
    remove(text) {
      const { before, list, after } = listIn(text);
      return before + list.replace(asItem, '') + after;
    },
  };
}

/**
 * The last member of an object whose closing brace stands in a line of its own.
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
      if (end < 0) throw new Error(`${file} has no ${String(opening)}: the generator does not know it any more`);
      return `${text.slice(0, end)}\n  ${name}: ${value},${text.slice(end)}`;
    },
    remove: (text) => text.replace(new RegExp(`\\n  ${escaped(name)}: \\{[^]*?\\n  \\},(?=\\n)`), ''),
  };
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
