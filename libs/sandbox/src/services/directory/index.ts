import { done } from '../../http/operation.ts';
import { sandboxService } from '../sandbox-service.ts';
import { peopleIn, personNamed } from './people.ts';

export const directory = sandboxService({
  name: 'directory',
  open: () => ({
    routes: [
      {
        operations: [],
        reads: [
          {
            route: 'GET /people/:person',
            work: ({ params: { person = '' } }) => Promise.resolve(done(200, personNamed(person))),
          },
          {
            route: 'GET /roles/:role',
            work: ({ params: { role = '' } }) => Promise.resolve(done(200, { people: peopleIn(role) })),
          },
        ],
      },
    ],
  }),
});
