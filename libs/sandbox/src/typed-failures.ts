import type { Service } from '@longhaul/checker';
import type { Fault, FaultKind } from './faults/fault-plan.ts';

/** A failure that is triggered by a name that a person can type. */
export interface TypedFailure {
  /** A user (`u-…`), a bus (`b-…`) or a merchant (`m-…`). `<value>-<anything>` fails in the same way. */
  readonly value: string;
  readonly service: Service;
  readonly route: string;
  readonly happens:
    | { readonly refusal: string; readonly status: number }
    | {
        readonly fault: FaultKind;
        readonly attempts?: number;
        readonly delayMs?: number;
        readonly retryAfterSeconds?: number;
      }
    /** The service answers 200, with this content. */
    | { readonly says: string };
  readonly story: string;
}

/** An entry in the list of its service. */
export type OwnFailure = Omit<TypedFailure, 'service'>;

/** Look-ups in the table of all typed failures. */
export type TypedFailures = ReturnType<typeof typedFailuresIn>;

export function typedFailuresIn(table: readonly TypedFailure[]) {
  /** The typed failure of a name. The longest match wins: `b-full-manifest` is not a `b-full`. */
  function typedValueOf(name: string): string | undefined {
    return table
      .map(({ value }) => value)
      .filter((value) => name === value || name.startsWith(`${value}-`))
      .sort((a, b) => b.length - a.length)[0];
  }

  function typedFailureOf(route: string, name: string): TypedFailure | undefined {
    const value = typedValueOf(name);
    return table.find((failure) => failure.value === value && failure.route === route);
  }

  function typedRefusal(route: string, name: string): { status: number; code: string } | undefined {
    const happens = typedFailureOf(route, name)?.happens;
    return happens && 'refusal' in happens ? { status: happens.status, code: happens.refusal } : undefined;
  }

  /** The content of the 200 answer for this name, if it is a typed failure. */
  function typedWord(route: string, name: string): string | undefined {
    const happens = typedFailureOf(route, name)?.happens;
    return happens && 'says' in happens ? happens.says : undefined;
  }

  function typedFault(route: string, names: readonly string[], attempt: number): Fault | undefined {
    for (const name of names) {
      const failure = typedFailureOf(route, name);
      if (!failure || !('fault' in failure.happens)) continue;
      const { fault: kind, attempts = Infinity, delayMs = 0, retryAfterSeconds = 1 } = failure.happens;
      if (attempt <= attempts) return { kind, delayMs, retryAfterSeconds, code: failure.value, status: 422 };
    }
    return undefined;
  }

  return { typedValueOf, typedRefusal, typedWord, typedFault };
}
