/** What the audit service did. */
export interface ApprovalEffect {
  readonly effect: 'entry-recorded';
  readonly recordId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly actor: string;
}

/** An entry of a record. */
export interface AuditRow {
  readonly recordId: string;
  readonly madeBy: string;
  readonly sequence: number;
  readonly kind: string;
  readonly actor: string;
  readonly stage: string | null;
  readonly about: string | null;
  readonly reason: string | null;
  readonly at: string;
}

/** What is in the tables of the audit service. */
export interface ApprovalTables {
  readonly workflowHistory: readonly AuditRow[];
}

export const approvalServices = ['audit', 'directory'] as const;
