export * from './approval.ts';
export * from './policy.ts';
