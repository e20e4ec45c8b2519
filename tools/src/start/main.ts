import { appSteps, foundation, logFolder } from './bring-up.ts';
import { addressesOf, appsFor, notUsed } from './apps.ts';
import { createProcessGroup } from './process-group.ts';
import { printLinks } from './links.ts';
import { readOptions, usage, UsageError } from './options.ts';
import { PortMistakes } from './ports.ts';
import { listenForSignals } from './signals.ts';
import { runSteps } from './steps.ts';
import { runTour } from './tour/tour.ts';

const processes = createProcessGroup();
const interrupted = listenForSignals(processes);
process.on('exit', () => processes.kill());
process.exitCode = await main();
// Open sockets of an interrupted check would keep the process alive.
process.exit();

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options === 'help') {
      console.log(usage);
      return 0;
    }
    return await run(options);
  } catch (error) {
    if (error instanceof UsageError || error instanceof PortMistakes) {
      console.error(`${error.message}\n\n${usage}`);
      return 2;
    }
    if (interrupted.signal) return 130;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await processes.stop();
    if (interrupted.signal) console.log('Everything that was started here is stopped.');
  }
}

async function run(options: Exclude<ReturnType<typeof readOptions>, 'help'>): Promise<number> {
  const addresses = addressesOf(options);
  const ignored = notUsed(appsFor(options.workers), addresses, options.ports, process.env);
  if (ignored.length > 0)
    console.log(`These variables are set, but not used here: ${ignored.join(', ')}. docs/local.md says why.\n`);
  const broken = Promise.race([interrupted.promise, processes.collapsed]);
  broken.catch(() => undefined);
  await runSteps(foundation(processes, options), broken);
  const apps = appSteps(processes, options);
  await runSteps(apps, broken, apps.length);
  console.log(`\nLogs: ${logFolder}/*.log`);
  const asItShould = options.tour ? await runTour(addresses, options.workers, broken) : true;
  if (options.exit) return asItShould ? 0 : 1;
  await printLinks(addresses);
  await broken.catch((error: unknown) => {
    if (!interrupted.signal) throw error;
  });
  return 0;
}
