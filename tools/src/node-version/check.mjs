/**
 * Loaded first by the commands in package.json, because an older Node would fail somewhere with an unrelated message. It is
 * plain JavaScript for every Node with `--import`. It imports `tsx` itself: with a second `--import`, Node would resolve both
 * before it runs the first, and would only say that `tsx` is missing.
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
