import { appendFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { startSandbox } from '@longhaul/sandbox';
import { createHttp, walletsService } from '@longhaul/service-clients';
import { it } from 'vitest';
it('bench', { timeout: 100_000 }, async () => {
  const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1000; };
  const sandbox = await startSandbox();
  const wallets = walletsService(createHttp({ service: 'payment', baseUrl: sandbox.urls.payment, timeoutMs: 5000 }));
  for (const n of [200, 400, 400]) {
    const [t, c] = [performance.now(), cpu()];
    for (let i = 0; i < n; i += 1) { const id = randomUUID(); await wallets.openTopUp({ topUpId: id, userId: 'u-a', money: { amount: 100, currency: 'NGN' } }, { key: id + '/x', correlationId: 'c' }); }
    appendFileSync('/tmp/say.log', `open ${n} wall/call ${(performance.now() - t) / n} cpu/call ${(cpu() - c) / n}\n`);
    const [t2, c2] = [performance.now(), cpu()];
    for (let i = 0; i < n; i += 1) await wallets.findTopUp('x' + i, { correlationId: 'c' });
    appendFileSync('/tmp/say.log', `read ${n} wall/call ${(performance.now() - t2) / n} cpu/call ${(cpu() - c2) / n}\n`);
  }
  await sandbox.close();
});
