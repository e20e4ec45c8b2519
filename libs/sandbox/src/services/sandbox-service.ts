import type { Service } from '@longhaul/checker';
import type { FastifyInstance } from 'fastify';
import type { SandboxCore } from '../core.ts';
import type { Queries } from '../database/queries.ts';
import type { StrangerRoutes } from '../http/exchange.ts';
import type { ServiceRoutes } from '../http/operation.ts';
import type { Html } from '../pages/html.ts';
import type { OwnFailure } from '../typed-failures.ts';
import type { NoticeTexts } from './notification/notice-texts.ts';

/** A service of the sandbox: a folder that exports this object, and a line in the list of services. */
export interface SandboxService<Name extends Service, Gathered extends object, Controls extends object> {
  /** The service is served under `/<name>`. */
  readonly name: Name;
  /** Its tables, as idempotent statements. */
  readonly schema?: readonly string[];
  /** Tables whose rows the database refuses to change or delete. */
  readonly onlyGrow?: readonly string[];
  /** Reads its part of the evidence. */
  readonly gather?: (tx: Queries) => Promise<Gathered>;
  readonly failures?: readonly OwnFailure[];
  /** The texts of its notices, by template. */
  readonly notices?: NoticeTexts;
  /** Called once, before the sandbox listens. */
  readonly open: (core: SandboxCore) => OpenService<Controls> | Promise<OpenService<Controls>>;
}

/** A service while the sandbox is open. */
interface OpenService<Controls extends object> {
  /** Routes of one of our own services. */
  readonly routes?: readonly ServiceRoutes[];
  /** Routes of a foreign service, which ignores `Idempotency-Key`. */
  readonly strangerRoutes?: StrangerRoutes;
  /** Pages for people, outside `/<name>`. */
  readonly servePages?: (app: FastifyInstance) => void;
  /** Its part of the first page. */
  readonly onFirstPage?: () => Promise<readonly Html[]>;
  /** Methods that it adds to the `Sandbox`. */
  readonly controls?: Controls;
  /** Called when the sandbox listens. */
  readonly listening?: () => void;
  /** Periodic work, called every `sweepEverySeconds`. */
  readonly sweep?: () => Promise<unknown>;
  /** Resolves when its background work is done. The evidence waits for it. */
  readonly drained?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** Keeps the types, so that it does not compile if no service provides a part of the evidence or a method of `Sandbox`. */
export function sandboxService<Name extends Service, Gathered extends object, Controls extends object>(
  service: SandboxService<Name, Gathered, Controls>,
): SandboxService<Name, Gathered, Controls> {
  return service;
}
