import type { KeysOfOthers } from '../../everywhere/view.ts';

const asking = 'POST /quotes';

/** A caller who asks for a price has no run behind them yet. */
export const keysOfCallers: KeysOfOthers = {
  whyUnexplained: (_key, calls) => {
    if (!calls.some(({ route }) => route === asking)) return undefined;
    return calls.every(({ route }) => route === asking) ? null : 'asked for a price, and was used for something else';
  },
  runsBehind: () => undefined,
  misnamed: [],
};
