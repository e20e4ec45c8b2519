import { tellPlainly } from '@longhaul/testing/servers';
import { cli } from './cli.ts';
import { keptServer, type KeptServer } from './kept-server.ts';
import { showLogs } from './logs.ts';

const commands: Readonly<Record<string, (server: KeptServer, args: readonly string[]) => Promise<number>>> = {
  async up(server) {
    const { address, uiUrl, was } = await server.up(tellPlainly(console.log));
    console.log(`Temporal ${was === 'started' ? 'is up' : 'was up already'} on ${address}, its UI on ${uiUrl}`);
    console.log(`Its runs are kept in ${server.databaseFile}; npm run temporal:down stops it.`);
    return 0;
  },
  async down(server) {
    const pid = await server.down();
    console.log(
      pid ? `Temporal is stopped [pid ${pid}]; its runs are kept.` : 'No Temporal server of this checkout is up.',
    );
    return 0;
  },
  logs: (server, args) => showLogs(server.logFile, args.includes('-f') || args.includes('--follow')),
  async ui(server) {
    const up = await server.state();
    if (!up) throw new Error('No Temporal server of this checkout is up: npm run temporal:up starts it');
    console.log(up.uiUrl);
    return 0;
  },
  cli: async (server, args) => cli((await server.state())?.address, args),
};

const [name = '', ...args] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) throw new Error(`No such command [${name}]. There are: ${Object.keys(commands).join(', ')}`);
  process.exitCode = await command(keptServer(process.env), args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
