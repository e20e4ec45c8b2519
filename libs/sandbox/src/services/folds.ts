import type { Queries } from '../database/queries.ts';
import type { TypedFailure } from '../typed-failures.ts';
import { services } from './index.ts';
import type { NoticeTexts } from './notification/notice-texts.ts';

type Each = (typeof services)[number];

/** All typed failures. A spec compares them with the table in docs/sandbox.md. */
export const typedFailures: readonly TypedFailure[] = services.flatMap(({ name, failures = [] }) =>
  failures.map((failure) => ({ service: name, ...failure })),
);

export const noticeTexts: NoticeTexts = Object.fromEntries(
  services.flatMap(({ notices = {} }) => Object.entries(notices)),
);

/** The base URL of each service. */
export const urlsOfServices = (url: string) =>
  Object.fromEntries(services.map(({ name }) => [name, `${url}/${name}`])) as Record<Each['name'], string>;

type Gathered = Awaited<ReturnType<NonNullable<Each['gather']>>>;

/** The evidence of all services. */
export async function gatherAll(tx: Queries) {
  const parts: (Gathered | undefined)[] = [];
  for (const { gather } of services) parts.push(await gather?.(tx));
  return together<Gathered>(parts);
}

export type OpenService = Awaited<ReturnType<Each['open']>>;

export const controlsOf = (opened: readonly OpenService[]) =>
  together<NonNullable<OpenService['controls']>>(opened.map(({ controls }) => controls));

type Together<Part> = (Part extends unknown ? (part: Part) => void : never) extends (part: infer Whole) => void
  ? Whole
  : never;

/** Merges objects. */
function together<Part extends object>(parts: readonly (Part | undefined)[]): Together<Part> {
  return Object.assign({}, ...parts) as Together<Part>;
}
