import { defineDomain } from '../../domain.ts';
import { factsOf } from './facts.ts';
import { moneyRules } from './rules/money.ts';
import { quoteRules } from './rules/quotes.ts';
import { seatRules } from './rules/seats.ts';
import { storyRules } from './rules/story.ts';
import { tellingRules } from './rules/telling.ts';
import { viewOf } from './view.ts';

export const booking = defineDomain({
  name: 'booking',
  factsOf,
  rules: [...seatRules, ...moneyRules, ...quoteRules, ...storyRules, ...tellingRules],
  notJudged: [],
  view: viewOf,
  byItself: ({ effect }) => effect === 'hold-lapsed',
});
