import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Moment, Text } from './values.ts';

const Person = z.object({
  person: Text,
  /** False for somebody who has left. */
  active: z.boolean(),
  manager: Text.nullable(),
  /** `from` is included, `until` is not. Without a delegate, nobody acts for the person. */
  absences: z.array(z.object({ from: Moment, until: Moment, delegate: Text.nullable() })),
});
export type Person = z.infer<typeof Person>;

const Role = z.object({ people: z.array(Text) }).transform(({ people }) => people);

/** Who the people are: their roles, managers and absences. */
export function directoryService(http: Http) {
  return {
    person: (person: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /people/:person', Person, context, { params: { person } }),
      ),

    /** The people who have a role; none if there is no such role. */
    role: (role: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': [] as readonly string[] },
        http.send('GET /roles/:role', Role, context, { params: { role } }),
      ),
  };
}
export type DirectoryService = ReturnType<typeof directoryService>;
