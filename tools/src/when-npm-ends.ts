const parentCheckMs = 500;

/** npm sends SIGTERM only to the shell in between, which may end without passing it on. So the parent process is watched. */
export function whenNpmEnds(then: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const shell = process.ppid;
  const checking = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(checking);
    then();
  }, parentCheckMs).unref();
}

/** Stops this process when npm is stopped. */
export function stopWithNpm(): void {
  whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
}
