import { stepsThroughKit } from './steps-through-kit.ts';
import { workflowImports } from './workflow-imports.ts';

export const plugin = { rules: { 'steps-through-kit': stepsThroughKit, 'workflow-imports': workflowImports } };
