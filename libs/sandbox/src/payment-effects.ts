export type { GatewayTransaction, MerchantEvent, PaymentRecord, TopUpRecord } from '@longhaul/checker';
