import type { CallNotice } from '@longhaul/sandbox';

type Action = () => void | Promise<void>;

/** What a spec does at the moment when a call reaches its service, or has been worked and not yet answered. */
export class CallHooks {
  readonly #actions = new Map<string, Action>();

  /** Once. `call` is the call's key, or the route of a read, which has none. */
  at(phase: CallNotice['phase'], call: string, action: Action): void {
    this.#actions.set(`${phase} ${call}`, action);
  }

  /** For the sandbox, which waits for it. */
  readonly onCall = async ({ phase, key, route }: CallNotice): Promise<void> => {
    const name = `${phase} ${key ?? route}`;
    const action = this.#actions.get(name);
    this.#actions.delete(name);
    await action?.();
  };

  /** The calls that were waited for and never came. */
  get waitedFor(): readonly string[] {
    return [...this.#actions.keys()];
  }
}

/** Which calls have met which faults. */
export class FaultsMet {
  readonly #counts = new Map<string, number>();

  add({ key, route }: Pick<CallNotice, 'key' | 'route'>, kind: string): void {
    const name = `${kind} ${key ?? route}`;
    this.#counts.set(name, this.count(key ?? route, kind) + 1);
  }

  count(call: string, kind: string): number {
    return this.#counts.get(`${kind} ${call}`) ?? 0;
  }
}
