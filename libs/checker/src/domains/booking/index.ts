import { defineDomain } from '../../domain.ts';
import { factsOf } from './facts.ts';
import { moneyRules } from './rules/money.ts';
import { seatRules } from './rules/seats.ts';
import { storyRules } from './rules/story.ts';
import { tellingRules } from './rules/telling.ts';
import { viewOf } from './view.ts';

export const booking = defineDomain({
  name: 'booking',
  factsOf,
  rules: [...seatRules, ...moneyRules, ...storyRules, ...tellingRules],
  notJudged: [
    {
      id: 'booking 14',
      because: 'there are no quotes yet: the accepted price is the fare of the input, which booking 3 compares',
    },
  ],
  view: viewOf,
  byItself: ({ effect }) => effect === 'hold-lapsed',
});
