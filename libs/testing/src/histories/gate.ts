import type { WorkflowContract } from '@longhaul/contracts';
import { runEvidence, type RunEvidence } from '@longhaul/checker';
import { z } from 'zod';
import type { RecordedHistory } from './recorded.ts';

/** What the recorded runs of a worker must contain: everything in its contracts, and each patch in its stories. */
export interface Promised {
  readonly contracts: readonly WorkflowContract[];
  readonly patches: readonly string[];
}

/** What is in no recorded run; each line says what to record. */
export function missingFrom(histories: readonly RecordedHistory[], { contracts, patches }: Promised): string[] {
  const shown = new Set(histories.flatMap(shownBy));
  const wanted = [...contracts.flatMap(wantedOf), ...patches.map((id) => `patch ${id}`)];
  return [...new Set(wanted)].filter((words) => !shown.has(words));
}

function wantedOf({ type, outcome, updates, signals, steps }: WorkflowContract): string[] {
  return [
    ...formsOf(outcome).map((words) => `${type} with the outcome ${words}`),
    ...Object.entries(updates).flatMap(([name, { input, answer, atTheDoor = z.never() }]) => [
      `${type} with the update ${name}`,
      ...formsOf(input).map((words) => `${type} with the update ${name} of ${words}`),
      // A history does not contain the answers of validators.
      ...formsOf(answer)
        .filter((words) => !formsOf(atTheDoor).includes(words))
        .map((words) => `${type} with the update ${name} answered ${words}`),
    ]),
    ...Object.keys(signals).map((name) => `${type} with the signal ${name}`),
    ...Object.entries(steps)
      .flatMap(([step, { undoneBy }]) => [step, ...(undoneBy ? [undoneBy] : [])])
      .map((step) => `${type} with the step ${step}`),
  ];
}

function shownBy(recorded: RecordedHistory): string[] {
  const run: RunEvidence = runEvidence(recorded.history, { workflowId: recorded.workflowId, runId: recorded.name });
  const { type } = run;
  return [
    ...wordsIn(run.outcome).map((words) => `${type} with the outcome ${words}`),
    ...run.updates.flatMap(({ name, input, answer }) => [
      `${type} with the update ${name}`,
      ...wordsIn(input).map((words) => `${type} with the update ${name} of ${words}`),
      ...wordsIn(answer).map((words) => `${type} with the update ${name} answered ${words}`),
    ]),
    ...run.signals.map((name) => `${type} with the signal ${name}`),
    ...run.steps.map(({ step }) => `${type} with the step ${step}`),
    ...patchesOf(recorded).map((id) => `patch ${id}`),
  ];
}

/** Fields of a recorded value that could be the discriminator of a union: `status "confirmed"`. */
function wordsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, given]) => (typeof given === 'string' ? [inWords(field, given)] : []));
}

const inWords = (field: string, form: string): string => `${field} "${form}"`;

const Form = z.object({ properties: z.record(z.string(), z.object({ const: z.string().optional() })) });

/** The members of a union, named by their discriminator. */
function formsOf(schema: z.ZodType): string[] {
  const described = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return (described.oneOf ?? described.anyOf ?? [described]).flatMap((member) => {
    const { properties = {} } = Form.safeParse(member).data ?? {};
    const told = Object.entries(properties).find(([, { const: form }]) => form !== undefined);
    return told?.[1].const === undefined ? [] : [inWords(told[0], told[1].const)];
  });
}

const PatchMarker = z.object({
  markerRecordedEventAttributes: z.object({
    markerName: z.literal('core_patch'),
    details: z.record(z.string(), z.object({ payloads: z.array(z.object({ data: z.string() })) })),
  }),
});
const PatchData = z.object({ id: z.string() });

function patchesOf({ history }: RecordedHistory): string[] {
  return history.events.flatMap((event) => {
    const marker = PatchMarker.safeParse(event).data?.markerRecordedEventAttributes;
    const payloads = Object.values(marker?.details ?? {}).flatMap(({ payloads }) => payloads);
    return payloads.flatMap(({ data }) => {
      const said: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
      return PatchData.safeParse(said).data?.id ?? [];
    });
  });
}

/** The ids of the patches in a source. */
export function patchesIn(source: string): string[] {
  return [...source.matchAll(/\b(?:patched|deprecatePatch)\(\s*(['"`])(.+?)\1/g)].map(([, , id]) => id!);
}
