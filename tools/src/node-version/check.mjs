/**
 * Loaded before everything else by the commands in package.json: an older Node would fail in the middle of some file with
 * a message about something else. Plain JavaScript that every Node with `--import` can read.
 */
import { readFileSync } from 'node:fs';
import { refusal } from './accepts.mjs';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8').trim();

const { engines } = JSON.parse(read('package.json'));
const message = refusal(engines.node, read('.nvmrc'), process.versions.node);
if (message) {
  console.error(message);
  process.exit(1);
}
