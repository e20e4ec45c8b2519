import { expect, it } from 'vitest';
import { routeFinder } from './find-route.ts';

const find = routeFinder([
  'GET /counts',
  'POST /payments/:paymentId/opening',
  'GET /merchants/:merchant/events/:eventId',
]);

it.each([
  ['GET /counts', { route: 'GET /counts', params: {} }],
  ['POST /payments/p-1/opening', { route: 'POST /payments/:paymentId/opening', params: { paymentId: 'p-1' } }],
  [
    'GET /merchants/m-1/events/e-2',
    { route: 'GET /merchants/:merchant/events/:eventId', params: { merchant: 'm-1', eventId: 'e-2' } },
  ],
])('a call is for the route that it fits, and the values in its path are known [%s]', (call, found) => {
  expect(find(call)).toEqual(found);
});

it.each(['POST /counts', 'POST /payments/opening', 'POST /payments/p-1/2/opening', 'POST /payments/p-1/opening/more'])(
  'a similar call does not match a route [%s]',
  (call) => {
    expect(find(call)).toBeUndefined();
  },
);
