
import { proxyActivities, proxyLocalActivities, sleep, condition, executeChild, startChild, upsertSearchAttributes, setHandler, defineQuery } from '@temporalio/workflow';
const { report } = proxyActivities<any>({ startToCloseTimeout: '10s', retry: { initialInterval: '30s' } });
const l = proxyLocalActivities<any>({ startToCloseTimeout: '10s', retry: { initialInterval: '30s' } });
export async function child() { await sleep('1 day'); return [Date.now(), await report('x')]; }
export async function story() {
  const out: any = { start: Date.now() };
  out.first = await report('a');
  await sleep('1 day');
  out.mid = Date.now();
  out.second = await report('b');
  out.local = await l.report('c');
  out.flaky = await report('flaky');
  upsertSearchAttributes({ LonghaulAttention: ['x'] });
  out.child = await executeChild('child');
  out.end = Date.now();
  return out;
}
export async function later() { return Date.now(); }
