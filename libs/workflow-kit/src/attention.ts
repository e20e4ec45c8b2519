import type { Attention, ResolveRequest } from '@longhaul/contracts';
import { defineSearchAttributeKey } from '@temporalio/common';
import { condition, log, metricMeter, upsertSearchAttributes } from '@temporalio/workflow';
import type { Fault } from './fault.ts';

const attentionCode = defineSearchAttributeKey('LonghaulAttention', 'KEYWORD');
const attentionOwner = defineSearchAttributeKey('LonghaulAttentionOwner', 'KEYWORD');

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
  async park({ step, code, message }: Fault): Promise<ResolveRequest> {
    this.#resolution = undefined;
    this.attention = { step, code, message, owner: this.#owner, since: new Date().toISOString() };
    upsertSearchAttributes([
      { key: attentionCode, value: code },
      { key: attentionOwner, value: this.#owner },
    ]);
    metricMeter.createCounter('longhaul_attention_raised').add(1, { step, code, owner: this.#owner });
    log.error(`Parked: ${step} needs a person [code: ${code}]`, { ...this.#logAttributes, step, code, message });
    try {
      await condition(() => this.#resolution !== undefined);
      return this.#resolution!;
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
