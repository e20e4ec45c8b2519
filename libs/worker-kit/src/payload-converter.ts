import { defaultPayloadConverter as strict, type PayloadConverter } from '@temporalio/common';

/**
 * What stands for a payload that cannot be decoded. No contract takes it, and no header carries it: whoever reads it refuses
 * it as what it is, input that is wrong.
 */
const undecodable = 'a payload that cannot be decoded';

/**
 * Bundled into the workflows. What comes to a run from outside (input, memo, signals, updates) may be anything; with the SDK's
 * own converter it fails the workflow task, again and again, and with it a run that has money to give back. What a run's own
 * activities answer is decoded strictly: that they cannot be read is a fault of ours, and heals with the next version.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value, context, hint) => strict.toPayload(value, context, hint),
  fromPayload(payload, context, hint) {
    try {
      return strict.fromPayload(payload, context, hint);
    } catch (error) {
      if (context?.type !== 'workflow') throw error;
      return undecodable as never;
    }
  },
};
