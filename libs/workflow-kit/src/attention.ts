import type { Attention, ResolveRequest } from '@longhaul/contracts';
import { defineSearchAttributeKey } from '@temporalio/common';
import { condition, log, metricMeter, upsertSearchAttributes } from '@temporalio/workflow';
import type { Fault } from './fault.ts';

const attentionCode = defineSearchAttributeKey('LonghaulAttention', 'KEYWORD');
const attentionOwner = defineSearchAttributeKey('LonghaulAttentionOwner', 'KEYWORD');

/** What a person is asked about, and by when they have to have acted, where there is such a time. */
export type DueFault = Fault & Pick<Attention, 'dueAt'>;

/** When nobody is asked any more, though nobody has spoken. Default: never. */
export interface Ends {
  readonly over?: () => boolean;
  readonly withinMs?: number;
}

/** A run that cannot go on by itself stands here until an operator has spoken. */
export class ParkingPlace {
  /** What the run waits for, while it is parked. */
  attention: Attention | null = null;
  #resolution: ResolveRequest | undefined;
  readonly #owner: string;
  readonly #logAttributes: Record<string, unknown>;

  constructor(owner: string, logAttributes: Record<string, unknown>) {
    this.#owner = owner;
    this.#logAttributes = logAttributes;
  }

  /** Shows in a search attribute, a metric and a log line, and waits. Cancelled with the scope that it is called in. */
  async park(
    { step, code, message, dueAt }: DueFault,
    { over = () => false, withinMs }: Ends,
  ): Promise<ResolveRequest | undefined> {
    this.#resolution = undefined;
    const since = new Date().toISOString();
    this.attention = { step, code, message, owner: this.#owner, since, ...(dueAt !== undefined && { dueAt }) };
    upsertSearchAttributes([
      { key: attentionCode, value: code },
      { key: attentionOwner, value: this.#owner },
    ]);
    metricMeter.createCounter('longhaul_attention_raised').add(1, { step, code, owner: this.#owner });
    log.error(`Parked: ${step} needs a person [code: ${code}]`, { ...this.#logAttributes, step, code, message });
    try {
      const ended = () => this.#resolution !== undefined || over();
      await (withinMs === undefined ? condition(ended) : condition(ended, withinMs));
      return this.#resolution;
    } finally {
      this.attention = null;
      upsertSearchAttributes([
        { key: attentionCode, value: null },
        { key: attentionOwner, value: null },
      ]);
      metricMeter.createCounter('longhaul_attention_settled').add(1, { step, code, owner: this.#owner });
    }
  }

  get waits(): boolean {
    return this.attention !== null && this.#resolution === undefined;
  }

  /** An operator's word, while one is waited for. */
  resolve(request: ResolveRequest): void {
    this.#resolution = request;
    // Who it was, and their note, stand in the history and in the outcome. A log is read by others.
    log.info(`Resolved: ${request.action}`, this.#logAttributes);
  }
}
