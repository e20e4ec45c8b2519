import type { Service } from '@longhaul/checker';
import type { FastifyInstance } from 'fastify';
import type { SandboxCore } from '../core.ts';
import type { Queries } from '../database/queries.ts';
import type { StrangerRoutes } from '../http/exchange.ts';
import type { ServiceRoutes } from '../http/operation.ts';
import type { Html } from '../pages/html.ts';
import type { OwnFailure } from '../typed-failures.ts';
import type { NoticeTexts } from './notification/notice-texts.ts';

/** A service of the sandbox: a folder that exports one of these, and a line in the list. It leaves out what it does not have. */
export interface SandboxService<Name extends Service, Gathered extends object, Controls extends object> {
  /** It is served under `/<name>`. */
  readonly name: Name;
  /** Its tables, as statements that may run again. */
  readonly schema?: readonly string[];
  /** Those of its tables that the database lets nobody change, only add to. */
  readonly onlyGrow?: readonly string[];
  /** What it reads of its tables for the evidence. */
  readonly gather?: (tx: Queries) => Promise<Gathered>;
  readonly failures?: readonly OwnFailure[];
  /** The notices about what it does, by template. */
  readonly notices?: NoticeTexts;
  /** Called once, before the sandbox listens. */
  readonly open: (core: SandboxCore) => OpenService<Controls> | Promise<OpenService<Controls>>;
}

/** A service while the sandbox is open. */
interface OpenService<Controls extends object> {
  /** Of a service of our own. */
  readonly routes?: readonly ServiceRoutes[];
  /** Of a service of somebody else, which honours no `Idempotency-Key`. */
  readonly strangerRoutes?: StrangerRoutes;
  /** What a person looks at or presses, outside `/<name>`. */
  readonly servePages?: (app: FastifyInstance) => void;
  /** Its part of the first page. */
  readonly onFirstPage?: () => Promise<readonly Html[]>;
  /** What people and specs can do with it beside its routes: methods of the `Sandbox`. */
  readonly controls?: Controls;
  /** Called when others can reach the sandbox. */
  readonly listening?: () => void;
  /** What it does as time goes by, called every `sweepEverySeconds`. */
  readonly sweep?: () => Promise<unknown>;
  /** Resolves when it has done what its answers did not wait for. The evidence waits for it. */
  readonly drained?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** Ties the types together: a part of the evidence, or a method of the `Sandbox`, that no service gives does not compile. */
export function sandboxService<Name extends Service, Gathered extends object, Controls extends object>(
  service: SandboxService<Name, Gathered, Controls>,
): SandboxService<Name, Gathered, Controls> {
  return service;
}
