import { defineDomain } from '../../domain.ts';
import { factsOf } from './facts.ts';
import { approvalRules } from './rules.ts';
import { viewOf } from './view.ts';

export const approval = defineDomain({ name: 'approval', factsOf, rules: approvalRules, notJudged: [], view: viewOf });
