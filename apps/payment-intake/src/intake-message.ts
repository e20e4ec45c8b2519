/** A message, from Lambda or from polling. */
export interface IntakeMessage {
  readonly id: string;
  readonly body: string;
  /** How often it was received, including this time. */
  readonly receiveCount: number;
  /** Only for FIFO queues. */
  readonly groupId?: string | undefined;
}
