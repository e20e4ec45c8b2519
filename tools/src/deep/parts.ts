import type { Specs } from '../verify/steps.ts';

/** One part of the deep run: a separate run of some specs. */
export interface Part {
  readonly name: string;
  readonly about: string;
  readonly price: Specs['price'] | 'deep';
  /** Filters of spec files: parts of their paths, for Vitest. Default: all specs of the price. */
  readonly files?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The part depends on the seed, so it can be repeated with other seeds. */
  readonly chance?: true;
  /** It tests specs and generators instead of the product, so it runs only when it is named. Default: it always runs. */
  readonly whenNamed?: true;
}

/** Sorted by how much they find in a given time. */
export const parts: readonly Part[] = [
  { name: 'kills', about: 'each step of each workflow, its worker killed', price: 'deep', files: ['.kills.deep'] },
  {
    name: 'moments',
    about: 'what only real time brings: a bus that leaves meanwhile, an attempt that outlasts its task',
    price: 'deep',
    files: ['departed', 'carried-over'],
  },
  {
    name: 'rides',
    about: 'random rides, whatever is said to them',
    price: 'deep',
    files: ['book-ride.random'],
    chance: true,
  },
  {
    name: 'money',
    about: 'random payments and top-ups, with crashes',
    price: 'deep',
    files: ['payment-worker/src/random-runs'],
    chance: true,
  },
  { name: 'chaos', about: '150 bookings while processes are killed', price: 'deep', files: ['chaos'], chance: true },
  {
    name: 'postgresql',
    about: 'the same on the production server with PostgreSQL',
    price: 'deep',
    files: ['chaos'],
    env: { LONGHAUL_DEEP_SERVER: 'postgresql' },
    chance: true,
  },
  { name: 'crowd', about: 'ten thousand messages through the intake', price: 'deep', files: ['ten-thousand'] },
  {
    name: 'servers',
    about: 'npm start and temporal:up with the servers they get, and the folder of an image by itself',
    price: 'deep',
    files: ['dev-server', 'kept-server', 'start.deep', 'image/tree'],
  },
  {
    name: 'modes',
    about: 'every spec of a workflow with replay forced, and without the fast path',
    price: 'int',
    files: ['/workflows/'],
    env: { LONGHAUL_MODES: 'others' },
  },
  {
    name: 'mutants',
    about: 'known defects, each of which the specs of the gate have to see',
    price: 'deep',
    files: ['mutants'],
    whenNamed: true,
  },
  {
    name: 'generators',
    about: 'a worker of a new domain is made, tried, started, and taken away',
    price: 'deep',
    files: ['generators'],
    whenNamed: true,
  },
];
