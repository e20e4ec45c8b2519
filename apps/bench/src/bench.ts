/** `npm run bench -- <name>`: measures, prints a table, and with `--json` ends with one JSON object. */
import { benchNamed } from './benches/index.ts';
import { buildAll } from './setup/build.ts';
import { tellMachine, thisMachine } from './measure/machine.ts';
import { readOptions, usage, UsageError } from './options.ts';
import { say } from './report.ts';
import { Started } from './started.ts';

/** More digits would pretend a precision that the measurement does not have. */
const fourDigits = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

const started = new Started();
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => void started.stopAll().then(() => process.exit(exitCode)));
}

try {
  const { name, options } = readOptions(process.argv.slice(2));
  const bench = benchNamed(name);
  if (bench) {
    const machine = thisMachine();
    say(`Bench ${bench.name}: ${bench.about}`);
    say(tellMachine(machine));
    if (options.quick) say('Quick: it shows that the bench runs. Its figures mean nothing.');
    await buildAll();
    const figures = await bench.run(options, started);
    if (options.json) say(JSON.stringify({ bench: bench.name, quick: options.quick, machine, ...figures }, fourDigits));
  } else {
    say(`npm run bench -- <name> [options]${usage}\n`);
    process.exitCode = name === undefined ? 0 : 64;
  }
} catch (error) {
  if (error instanceof UsageError) {
    say(`${error.message}\n\nnpm run bench -- <name> [options]${usage}`);
    process.exitCode = 64;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await started.stopAll();
}
process.exit();
