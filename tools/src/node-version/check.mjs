/**
 * Loaded before everything else by the commands in package.json: an older Node would fail in the middle of some file with
 * a message about something else. Plain JavaScript that every Node with `--import` can read. It loads `tsx` by itself, as
 * Node looks for all that it is to import before it runs the first, and says only that `tsx` is missing.
 */
import { readFileSync } from 'node:fs';
import { refusal } from './accepts.mjs';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8').trim();

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

const { engines } = JSON.parse(read('package.json'));
const message = refusal(engines.node, read('.nvmrc'), process.versions.node);
if (message) refuse(message);

/** Has no types. @type {string} */
const typeScript = 'tsx';
try {
  await import(typeScript);
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  refuse('Nothing is installed yet, or not all of it: run npm ci first.');
}
