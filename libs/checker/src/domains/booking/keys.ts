import type { KeysOfOthers } from '../../everywhere/view.ts';

const asking = 'POST /quotes';

/** A caller gets a quote before the run exists, so its key is not that of a step. */
export const keysOfCallers: KeysOfOthers = {
  whyUnexplained: (_key, calls) => {
    if (!calls.some(({ route }) => route === asking)) return undefined;
    return calls.every(({ route }) => route === asking) ? null : 'asked for a price, and was used for something else';
  },
  runsBehind: () => undefined,
  misnamed: [],
};
