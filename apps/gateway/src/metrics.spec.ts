import { beforeEach, expect, test } from 'vitest';
import { fakeLonghaul } from './fake-longhaul.fixture.ts';
import { gatewayForEachTest, ride } from './gateway.fixture.ts';
import { gatewayMetrics, type GatewayMetrics } from './metrics.ts';

let metrics: GatewayMetrics;
beforeEach(() => {
  metrics = gatewayMetrics();
});
const longhaul = () => {
  const fake = fakeLonghaul();
  return { ...fake, ...metrics.timed(fake) };
};
const gateway = gatewayForEachTest(() => ({ metrics, longhaul: longhaul() }));

const lines = (pattern: RegExp) =>
  metrics
    .text()
    .split('\n')
    .filter((line) => pattern.test(line));

test('an answer is counted and timed by route and status, without the ids in its path', async () => {
  await gateway.post('/api/v1/bookings', ride);
  await gateway.get('/api/v1/bookings/booking-u-ada.r-1/result');
  await gateway.get('/api/v1/bookings/booking-u-ada.r-2/result');
  expect(lines(/^longhaul_http_request_duration_seconds_count/)).toEqual([
    'longhaul_http_request_duration_seconds_count{method="POST",route="/api/v1/bookings",status="202"} 1',
    'longhaul_http_request_duration_seconds_count{method="GET",route="/api/v1/bookings/:workflowId/result",status="202"} 1',
    'longhaul_http_request_duration_seconds_count{method="GET",route="/api/v1/bookings/:workflowId/result",status="404"} 1',
  ]);
});

test('a refusal is counted by code', async () => {
  await gateway.post('/api/v1/bookings', { ...ride, bus: 7 });
  await gateway.post('/api/v1/bookings', ride, { authorization: 'Bearer nonsense' });
  expect(lines(/^longhaul_http_refusals_total/)).toEqual([
    'longhaul_http_refusals_total{method="POST",route="/api/v1/bookings",code="invalid-request"} 1',
    'longhaul_http_refusals_total{method="POST",route="/api/v1/bookings",code="invalid-token"} 1',
  ]);
});

test('unknown paths and methods share one series', async () => {
  for (const url of ['/nowhere', '/api/v1/elsewhere/1', '/%']) await gateway.get(url);
  await gateway.app.inject({ method: 'DELETE', url: '/api/v1/bookings' });
  const routes = lines(/_duration_seconds_count/).map((line) =>
    /method="(\w+)",route="([^"]*)",status="(\d+)"/.exec(line)!.slice(1),
  );
  expect(routes).toEqual(expect.arrayContaining([...['404', '405'].map((status) => ['any', 'none', status])]));
  expect(new Set(routes.map(([method, route]) => `${method} ${route}`))).toEqual(new Set(['any none']));
});

test('a call to Temporal is timed by name and outcome', async () => {
  await gateway.post('/api/v1/bookings', ride);
  await gateway.post('/api/v1/bookings', { ...ride, bus: 'b-8' });
  await gateway.get('/api/v1/bookings/booking-u-ada.r-1/result');
  expect(lines(/^longhaul_temporal_call_duration_seconds_count/)).toEqual([
    'longhaul_temporal_call_duration_seconds_count{call="start",outcome="ok"} 1',
    'longhaul_temporal_call_duration_seconds_count{call="start",outcome="InputConflict"} 1',
    'longhaul_temporal_call_duration_seconds_count{call="describe",outcome="ok"} 1',
  ]);
});

test('the log names the run that was started, with the correlation id of the request', async () => {
  const { headers } = await gateway.post('/api/v1/bookings', ride);
  const logged = gateway.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.find(({ workflowId }) => workflowId === 'booking-u-ada.r-1')).toMatchObject({
    msg: 'Started, or joined',
    runId: 'run-1',
    type: 'bookRide',
    correlationId: headers['x-correlation-id'],
  });
});

test('the metrics are not on the port of the API', async () => {
  expect((await gateway.get('/metrics')).statusCode).toBe(404);
});
