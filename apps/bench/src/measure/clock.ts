/** Microseconds on the monotonic clock, which is the same for all processes of a machine and in V8's profiles. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
