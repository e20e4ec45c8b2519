const parentCheckMs = 500;

/** npm gives a SIGTERM to the shell between us, which may die of it without a word to us. */
export function whenNpmEnds(then: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const shell = process.ppid;
  const checking = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(checking);
    then();
  }, parentCheckMs).unref();
}

/** For what runs until it is told to stop: it is told, too, when npm is. */
export function stopWithNpm(): void {
  whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
}
