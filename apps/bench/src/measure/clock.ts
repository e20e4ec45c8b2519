/** Microseconds on a clock that nobody sets, the same for all processes of a machine. V8's profiles have it too. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
