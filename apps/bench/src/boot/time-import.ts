/** Imports the module at this URL in a new process, and prints how long it took. */
const [, , url = ''] = process.argv;
const startedAt = performance.now();
await import(url);
console.log(JSON.stringify({ importMs: performance.now() - startedAt }));
process.exit();
