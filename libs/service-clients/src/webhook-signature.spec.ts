import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { webhookHeaders } from './webhook-signature.ts';

/** The test vector of Standard Webhooks; `openssl dgst -sha256 -mac HMAC` gives the same. */
const vector = {
  eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  body: '{"test": 2432232314}',
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
};
const at = new Date(1_614_265_330_000);
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const another = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe("an event's signature", () => {
  it('is that of Standard Webhooks', () => {
    expect(webhookHeaders(vector, at)).toEqual({
      'webhook-id': vector.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('has a timestamp in seconds', () => {
    expect(webhookHeaders(vector, new Date(1_614_265_330_999))['webhook-timestamp']).toBe('1614265330');
  });

  it('is made with both secrets during a rotation', () => {
    const event = { ...vector, body: '{"name":"Ọláyẹmí"}', secrets: [...vector.secrets, another] };
    const headers = webhookHeaders(event, new Date());
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2);
    for (const secret of event.secrets) {
      expect(new Webhook(secret).verify(event.body, headers)).toEqual({ name: 'Ọláyẹmí' });
    }
    expect(() => new Webhook(another).verify(vector.body, webhookHeaders(vector, new Date()))).toThrow('signature');
  });

  it('without a secret is an error', () => {
    expect(() => webhookHeaders({ ...vector, secrets: [] }, at)).toThrow(`[${vector.eventId}]`);
  });
});
