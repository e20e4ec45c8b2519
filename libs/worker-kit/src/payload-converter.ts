import { defaultPayloadConverter as strict, type PayloadConverter } from '@temporalio/common';

/**
 * The value for a payload that cannot be decoded. It is valid for no contract and no header, so it is refused as invalid input.
 */
const undecodable = 'a payload that cannot be decoded';

/**
 * Bundled into the workflows. Anybody may send a run an invalid payload (input, memo, signal, update). With the SDK's converter it
 * would fail the workflow task again and again, and block a run that may have to refund money. Results of the run's own
 * activities are decoded strictly: an invalid one is our fault, and the next version can fix it.
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
