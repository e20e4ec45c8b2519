/** Imports the module that it is given the URL of, in a process that has done nothing else, and tells how long that took. */
const [, , url = ''] = process.argv;
const startedAt = performance.now();
await import(url);
console.log(JSON.stringify({ importMs: performance.now() - startedAt }));
process.exit();
