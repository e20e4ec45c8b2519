/** A message, whichever way it came. */
export interface IntakeMessage {
  readonly id: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly receiveCount: number;
  /** Of a FIFO queue. */
  readonly groupId?: string | undefined;
}
