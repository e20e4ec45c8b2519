export * from './deliver-webhook.ts';
export { actionsFor, type HeardEvent, type RunToStart, type SignalToSend } from './gateway-event.ts';
export * from './handle-dispute.ts';
export * from './ids.ts';
export * from './payment-initiated.ts';
export * from './process-payment.ts';
export * from './refund-payment.ts';
export * from './top-up-wallet.ts';
