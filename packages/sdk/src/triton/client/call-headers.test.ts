import { describe, expect, it } from 'vitest';
import { callHeaders } from './call-headers.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the headers of a call', () => {
  it('lets the call win over the trace, the token and the client', async () => {
    const headers = await callHeaders(
      {
        headers: { 'X-Tenant': 'a', Authorization: 'Basic x' },
        token: async () => 'fresh',
        trace: () => ({ traceparent, tracestate: 'v=1' }),
      },
      { headers: { 'x-tenant': 'b' } },
    );
    expect(headers).toEqual({ 'x-tenant': 'b', authorization: 'Bearer fresh', traceparent, tracestate: 'v=1' });
    expect(await callHeaders({ token: 't' }, { headers: { Authorization: 'Basic y' } })).toEqual({
      authorization: 'Basic y',
    });
  });

  it.each([
    [{ headers: { 'bad name': 'x' } }, /bad name/],
    [{ headers: { 'Content-Length': '5' } }, /content-length is the transport/],
    [{ headers: { good: 'secret\r\nx: y' } }, /header good has a value/],
    [{ headers: { good: 'sécret' } }, /header good has a value/],
    [{ token: 'secret\n' }, /header authorization/],
    [{ trace: () => ({ traceparent: '00-secret' }) }, /traceparent/],
    [{ trace: () => ({ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }) }, /traceparent/],
  ])('refuses what cannot be sent, without repeating it', async (client, message) => {
    await expect(callHeaders(client, {})).rejects.toThrow(message);
    await expect(callHeaders(client, {})).rejects.not.toThrow(/secret|sécret/);
  });
});
