/**
 * What a domain is called in code, addresses and sentences.
 *
 * @typedef {object} Names
 * @property {string} name kebab-case: `season-ticket`
 * @property {string} camel
 * @property {string} pascal
 * @property {string} snake
 * @property {string} upper
 * @property {string} words
 * @property {string} Words
 * @property {string} aWords with its article
 * @property {string} AWords
 */

/**
 * @param {string} name
 * @returns {Names}
 */
export function namesOf(name) {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    throw new Error(`The name must be in kebab-case: lower-case letters, parts with "-" between them [${name}]`);
  }
  const parts = name.split('-');
  const pascal = parts.map(capital).join('');
  const words = parts.join(' ');
  const article = /^[aeiou]/.test(name) ? 'an' : 'a';
  return {
    name,
    camel: pascal[0]?.toLowerCase() + pascal.slice(1),
    pascal,
    snake: parts.join('_'),
    upper: parts.join('_').toUpperCase(),
    words,
    Words: capital(words),
    aWords: `${article} ${words}`,
    AWords: `${capital(article)} ${words}`,
  };
}

/** @param {string} word */
function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
