import { defaultPayloadConverter, type SerializationContext } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { payloadConverter } from './payload-converter.ts';

const namespace = 'default';
const fromOutside: SerializationContext = { type: 'workflow', namespace, workflowId: 'booking-1' };
const fromAStep: SerializationContext = { type: 'activity', namespace, isLocal: false };

const payload = (encoding: string, data: string) => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});

describe('a payload for a workflow', () => {
  it('is decoded as usual', () => {
    for (const value of [{ a: [1, 'two', null] }, undefined, '']) {
      expect(payloadConverter.fromPayload(defaultPayloadConverter.toPayload(value), fromOutside)).toEqual(value);
    }
  });

  it.each([
    ['no JSON', payload('json/plain', '{ "a": ')],
    ['encrypted', payload('binary/encrypted', 'x')],
    ['an unknown protobuf message', payload('json/protobuf', '{}')],
    ['nothing at all', { metadata: {} }],
  ])('and is %s is text that no contract takes, and no header carries', (_what, sent) => {
    expect(payloadConverter.fromPayload(sent, fromOutside)).toMatch(/^a payload .* be decoded$/);
  });

  it('from its own steps that cannot be decoded is a fault', () => {
    expect(() => payloadConverter.fromPayload(payload('json/plain', '{'), fromAStep)).toThrow();
    expect(() => payloadConverter.fromPayload(payload('json/plain', '{'))).toThrow();
  });
});
