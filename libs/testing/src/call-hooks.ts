import type { CallNotice } from '@longhaul/sandbox';

type Action = () => void | Promise<void>;

/** Actions of a spec when a call reaches its service, or when its work is done and the answer not sent yet. */
export class CallHooks {
  readonly #actions = new Map<string, Action>();

  /** Registers an action for the next such call. `call` is its key, or the route for a read, which has no key. */
  at(phase: CallNotice['phase'], call: string, action: Action): void {
    this.#actions.set(`${phase} ${call}`, action);
  }

  /** The sandbox calls this and waits for it. */
  readonly onCall = async ({ phase, key, route }: CallNotice): Promise<void> => {
    const name = `${phase} ${key ?? route}`;
    const action = this.#actions.get(name);
    this.#actions.delete(name);
    await action?.();
  };

  /** Calls with a registered action that have not come. */
  get waitedFor(): readonly string[] {
    return [...this.#actions.keys()];
  }
}

/** Counts the faults of each call. */
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
