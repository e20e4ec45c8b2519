import { contracts, isStartable } from '@longhaul/contracts';
import { messageRoute } from './message.ts';
import { resultRoute } from './result.ts';
import type { Route } from './route.ts';
import { startRoute } from './start.ts';
import { statusRoute } from './status.ts';

/** Every route of the API follows from a contract. */
export const routes: readonly Route[] = contracts.flatMap((contract) => [
  ...(isStartable(contract) ? [startRoute(contract)] : []),
  statusRoute(contract),
  resultRoute(contract),
  ...Object.entries(contract.updates).map(([name, agreed]) => messageRoute(contract, name, agreed)),
]);
