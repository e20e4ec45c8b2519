import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const lookAgainMs = 250;
const shownBytes = 64 * 1024;

/** Prints the end of the log and, with `follow`, everything that is added to it. */
export async function showLogs(file: string, follow: boolean): Promise<number> {
  const log = await open(file, 'r').catch((cause: unknown) => {
    throw new Error(`There is no log yet: npm run temporal:up starts the server [${file}]`, { cause });
  });
  try {
    let position = Math.max(0, (await log.stat()).size - shownBytes);
    for (;;) {
      const { bytesRead, buffer } = await log.read({ position, buffer: Buffer.alloc(shownBytes) });
      process.stdout.write(buffer.subarray(0, bytesRead));
      position += bytesRead;
      if (bytesRead > 0) continue;
      if (!follow) return 0;
      await sleep(lookAgainMs);
    }
  } finally {
    await log.close();
  }
}
