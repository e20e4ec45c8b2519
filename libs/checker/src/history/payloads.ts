import type { Payload } from './history.ts';

/** The value in a payload; undefined if there is none or it is encrypted. */
export function valueOf(payload: Payload | undefined): unknown {
  if (!payload || !encodingOf(payload).startsWith('json/')) return undefined;
  try {
    return JSON.parse(Buffer.from(payload.data, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What can be read in the raw history without a key: the size of its largest payload, and all text, payloads decoded. */
export function readRaw(history: unknown): { largestPayloadBytes: number; plainText: string } {
  const texts: string[] = [];
  let largestPayloadBytes = 0;
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null) return;
    if ('metadata' in value && 'data' in value && typeof value.data === 'string') {
      const bytes = Buffer.from(value.data, 'base64');
      largestPayloadBytes = Math.max(largestPayloadBytes, bytes.length);
      texts.push(bytes.toString('utf8'));
      return;
    }
    Object.values(value).forEach(visit);
  };
  visit(history);
  return { largestPayloadBytes, plainText: texts.join('\n') };
}

function encodingOf({ metadata }: Payload): string {
  return Buffer.from(metadata['encoding'] ?? '', 'base64').toString('utf8');
}
