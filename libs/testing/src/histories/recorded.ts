import { readdirSync, readFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** A file in a worker's folder `histories`. */
export interface RecordedHistory {
  readonly name: string;
  readonly workflowId: string;
  readonly history: { readonly events: readonly Record<string, unknown>[] };
}

/** The recorded runs in a folder; none if the folder does not exist. */
export function readHistories(folder: URL): RecordedHistory[] {
  return filesIn(folder).map((file) => {
    const history = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RecordedHistory['history'];
    const name = file.replace(/\.json$/, '');
    const started = history.events[0]?.['workflowExecutionStartedEventAttributes'] as
      { workflowId?: string } | undefined;
    if (!started?.workflowId) throw new Error(`The recorded run does not begin with a start [${file}]`);
    return { name, workflowId: started.workflowId, history };
  });
}

function filesIn(folder: URL): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Fields about the machine or time of the recording, which replay does not need. */
const dropped = new Set([
  'identity',
  'stackTrace',
  'requestId',
  'workerVersion',
  'binaryChecksum',
  'meteringMetadata',
  'taskId',
]);

/** Writes one event per line, so that histories can be read and compared by line. */
export function written(history: History, workflowId: string): string {
  // The protobuf message's own JSON: enums as names, bytes as base64, long numbers as text.
  const plain = JSON.parse(JSON.stringify(history), anonymous) as { events: Record<string, unknown>[] };
  return `{"events":[\n${plain.events.map((event) => JSON.stringify(named(event, workflowId))).join(',\n')}\n]}\n`;
}

/** Adds the workflow id to the start event, because the time-skipping server leaves it out. */
function named(event: Record<string, unknown>, workflowId: string): object {
  const { workflowExecutionStartedEventAttributes: started } = event;
  if (typeof started !== 'object' || started === null) return event;
  return { ...event, workflowExecutionStartedEventAttributes: { ...started, workflowId } };
}

function anonymous(name: string, value: unknown): unknown {
  if (dropped.has(name)) return undefined;
  // The name of a sticky queue contains process and machine.
  return isStickyQueue(value) ? { ...value, name: 'sticky' } : value;
}

function isStickyQueue(value: unknown): value is { readonly kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'TASK_QUEUE_KIND_STICKY';
}
