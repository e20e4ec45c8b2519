import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { afterAll, describe, it } from 'vitest';
import { stepsThroughKit } from './steps-through-kit.ts';
import { workflowImports } from './workflow-imports.ts';

Object.assign(RuleTester, { describe, it, itOnly: it, afterAll });
const tester = new RuleTester({ languageOptions: { parser } });

tester.run('workflow code imports only what may run in the sandbox', workflowImports, {
  valid: [
    `import { BookRide } from '@longhaul/contracts/workflow';`,
    `import { implement } from '@longhaul/workflow-kit';`,
    `import { sleep } from '@temporalio/workflow';`,
    `import { refundPercentAt } from './cancel-booking.rules.ts';`,
    `export { bookRide } from './book-ride.workflow.ts';`,
    `import type { Money } from '@longhaul/contracts';`,
    `import type { BookingActivities } from '../activities.ts';`,
    `import type { ParcelActivities } from '../parcel/activities.ts';`,
    `export type { Money } from '@longhaul/contracts';`,
    `export const localOnly = 1;`,
  ],
  invalid: [
    { code: `import { BookRide } from '@longhaul/contracts';`, errors: [{ messageId: 'typesOnly' }] },
    { code: `import { type Money } from '@longhaul/contracts';`, errors: [{ messageId: 'typesOnly' }] },
    { code: `export * from '@longhaul/contracts';`, errors: [{ messageId: 'typesOnly' }] },
    { code: `import { activities } from '../activities.ts';`, errors: [{ messageId: 'typesOnly' }] },
    { code: `import { activities } from '../parcel/activities.ts';`, errors: [{ messageId: 'typesOnly' }] },
    { code: `import { z } from 'zod';`, errors: [{ messageId: 'foreign' }] },
    { code: `import type { Config } from '../config.ts';`, errors: [{ messageId: 'foreign' }] },
    { code: `import 'node:fs';`, errors: [{ messageId: 'foreign' }] },
    { code: `export { get } from 'axios';`, errors: [{ messageId: 'foreign' }] },
    { code: `await import('axios');`, errors: [{ messageId: 'foreign' }] },
    { code: `await import(name);`, errors: [{ messageId: 'foreign' }] },
  ],
});

const imported = `import { proxyActivities, proxyLocalActivities as local } from '@temporalio/workflow';\n`;
const named = `{ startToCloseTimeout: '1 s', cancellationType: 'TRY_CANCEL' }`;
const kit = [{ proxiesAllowed: true }];

tester.run('activities are reached through the kit, and say what a cancel means', stepsThroughKit, {
  valid: [
    { code: `${imported} proxyActivities(${named}); local(${named});`, options: kit },
    { code: `import * as wf from '@temporalio/workflow'; wf.proxyActivities(${named});`, options: kit },
    `import { proxyActivities } from './my-own.ts'; proxyActivities({});`,
    `steps.holdSeat({});`,
  ],
  invalid: [
    { code: `${imported} proxyActivities(${named});`, errors: [{ messageId: 'outsideKit' }] },
    { code: `${imported} local(${named});`, errors: [{ messageId: 'outsideKit' }] },
    {
      code: `import * as wf from '@temporalio/workflow'; wf.proxyActivities(${named});`,
      errors: [{ messageId: 'outsideKit' }],
    },
    {
      code: `${imported} proxyActivities({ startToCloseTimeout: '1 s' });`,
      options: kit,
      errors: [{ messageId: 'noCancellationType' }],
    },
    { code: `${imported} local(options);`, options: kit, errors: [{ messageId: 'noCancellationType' }] },
  ],
});
