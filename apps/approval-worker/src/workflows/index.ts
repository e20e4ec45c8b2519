export { approval } from './approval.workflow.ts';
