import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyTables } from '../database/template.ts';

it('creates the empty tables once, writes the cache atomically, and works without a usable cache', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-cache-'));
  try {
    const cache = join(folder, 'new');
    const made = await emptyTables(cache);
    const files = readdirSync(cache);
    expect(files).toEqual([expect.stringMatching(/^pglite-[\d.]+-[0-9a-f]{12}\.tar$/)]);
    writeFileSync(join(cache, files[0] ?? ''), 'what is cached');
    expect(await (await emptyTables(cache)).text()).toBe('what is cached');

    writeFileSync(join(folder, 'file'), '');
    expect((await emptyTables(join(folder, 'file'))).size).toBe(made.size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
