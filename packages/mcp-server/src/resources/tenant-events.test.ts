import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Principal } from '../workshop/workshop.ts';
import { makeServer } from './__fixtures__/hosts.ts';
import { photo, realWorkshops, somebody } from './__fixtures__/real-workshop.ts';
import { tenantEvents } from './tenant-events.ts';
import { historyUri } from './uris.ts';

const workshops = realWorkshops();
const events = tenantEvents(workshops, { everyMs: 20 });
const handler = createMcpHandler(
  ({ era, authInfo }) => {
    const principal = somebody(String(authInfo?.clientId));
    return makeServer({ workshop: workshops.of(principal), principal, era, lifetime: 'request' });
  },
  { bus: events.bus },
);
afterAll(async () => {
  events.close();
  await handler.close();
  await workshops.close();
});

async function connectAs(principal: Principal) {
  const authInfo = { token: 't', clientId: principal.scope, scopes: [], expiresAt: 2 ** 40 };
  const transport = new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
    fetch: (url, init) => events.within(principal, () => handler.fetch(new Request(url, init), { authInfo })),
  });
  const client = new Client({ name: 'host', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport);
  const notices: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void notices.push(params.uri));
  client.setNotificationHandler('notifications/resources/list_changed', () => void notices.push('list'));
  client.setNotificationHandler('notifications/tools/list_changed', () => void notices.push('tools'));
  return { client, notices };
}

describe('changes over HTTP', () => {
  it('reach their own tenant alone, though another listens to the same address', async () => {
    const [here, there] = [somebody('here'), somebody('there')];
    const [mine, other] = [await connectAs(here), await connectAs(there)];
    const uri = historyUri('kitchen');
    const filter = { resourceSubscriptions: [uri], resourcesListChanged: true };
    await Promise.all([mine, other].map(({ client }) => client.listen(filter)));
    await workshops.of(here).takeBytes(await photo('coffee.png'), { session: 'kitchen' });
    await vi.waitFor(() => expect(mine.notices).toEqual(expect.arrayContaining([uri, 'list'])));
    await workshops.of(there).takeBytes(await photo('coffee.png'), { session: 'hall' });
    await vi.waitFor(() => expect(other.notices).toContain('list'));
    expect(other.notices).not.toContain(uri);
    await Promise.all([mine, other].map(({ client }) => client.close()));
  });

  it('what is published on the handler goes to everybody', async () => {
    const bus = tenantEvents(workshops).bus;
    const heard: unknown[] = [];
    const leave = bus.subscribe((event) => heard.push(event));
    bus.publish({ kind: 'tools_list_changed' });
    leave();
    bus.publish({ kind: 'tools_list_changed' });
    expect(heard).toEqual([{ kind: 'tools_list_changed' }]);
  });

  it('a tenant is watched while somebody of it listens, once for all of them', () => {
    let watching = 0;
    const onChange = () => {
      watching++;
      return () => void watching--;
    };
    const of = vi.fn(() => ({ ...workshops.of(somebody()), onChange }) as never);
    const { bus, within } = tenantEvents({ of });
    const join = (scope: string) => within(somebody(scope), () => bus.subscribe(() => {}));
    const leavers = [join('a'), join('a'), join('b')];
    expect(watching).toBe(2);
    for (const leave of leavers) {
      leave();
      leave();
    }
    expect(watching).toBe(0);
  });
});
