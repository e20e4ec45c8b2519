export * from './deliver-webhook.workflow.ts';
export * from './handle-dispute.workflow.ts';
export * from './process-payment.workflow.ts';
export * from './refund-payment.workflow.ts';
export * from './settle-late-charge.workflow.ts';
export * from './top-up-wallet.workflow.ts';
