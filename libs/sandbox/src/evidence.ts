export { services } from '@longhaul/checker';
export type {
  CallEntry,
  Effect,
  JournalEntry,
  LedgerLine,
  Mail,
  Money,
  SandboxEvidence,
  SeatClaim,
  Service,
  Trip,
} from '@longhaul/checker';
