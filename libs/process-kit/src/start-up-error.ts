/** An error that waiting does not fix. Its message is for the person who started the process. */
export class StartUpError extends Error {
  override readonly name = 'StartUpError';
}

/** Listens on a port. If it is taken, the error names the variable to set. */
export async function listenOn<T>(variable: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new StartUpError(`The port is taken: set ${variable} to a free one [${port}]`, { cause });
  }
}
