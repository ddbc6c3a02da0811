import type { Client } from '@modelcontextprotocol/client';
import { McpServer } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, connectEarlier, makeServer } from './__fixtures__/hosts.ts';
import { otherwise, photo, realWorkshops, workshopWithAnEdit } from './__fixtures__/real-workshop.ts';
import { historyUri } from './uris.ts';

const workshops = realWorkshops();
let made: Awaited<ReturnType<typeof workshopWithAnEdit>>;
beforeAll(async () => {
  made = await workshopWithAnEdit(workshops);
});
afterAll(() => workshops.close());

function heard(client: Pick<Client, 'setNotificationHandler'>): string[] {
  const notices: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void notices.push(params.uri));
  client.setNotificationHandler('notifications/resources/list_changed', () => void notices.push('list'));
  return notices;
}

/** A picture more: the session is another, and so is the list. */
const change = async (session: string, name = 'coffee.png') => made.workshop.takeBytes(await photo(name), { session });

describe('a host that stays connected', () => {
  it('of 2025 hears of what it subscribed to, until it does not want to any more', async () => {
    const client = await connect({ workshop: made.workshop }, 'legacy');
    const notices = heard(client);
    await client.subscribeResource({ uri: historyUri('kitchen') });
    await change('kitchen');
    await vi.waitFor(() => expect(notices).toContain(historyUri('kitchen')));
    await change('garden');
    await vi.waitFor(() => expect(notices).toContain('list'));
    expect(notices).not.toContain(historyUri('garden'));
    await client.unsubscribeResource({ uri: historyUri('kitchen') });
    await new Promise((resolve) => setTimeout(resolve, 250));
    const before = notices.filter((notice) => notice !== 'list').length;
    await change('kitchen', 'rocket.jpg');
    await vi.waitFor(() => expect(notices.filter((notice) => notice === 'list').length).toBeGreaterThan(1));
    expect(notices.filter((notice) => notice !== 'list')).toHaveLength(before);
    await client.close();
  });

  it('of 2026 hears on the stream that it opens', async () => {
    const client = await connect({ workshop: made.workshop }, 'modern');
    const notices = heard(client);
    const uri = historyUri('cellar');
    const subscription = await client.listen({ resourceSubscriptions: [uri], resourcesListChanged: true });
    expect(subscription.honoredFilter).toEqual({ resourceSubscriptions: [uri], resourcesListChanged: true });
    await change('attic');
    await change('cellar');
    await vi.waitFor(() => expect(notices).toEqual(expect.arrayContaining([uri, 'list'])));
    expect(notices).not.toContain(historyUri('attic'));
    await subscription.close();
    await client.close();
  });

  it('on the SDK of 2025 subscribes as well', async () => {
    const client = await connectEarlier({ workshop: made.workshop });
    const notices: unknown[] = [];
    client.fallbackNotificationHandler = async (notice) => void notices.push(notice);
    await client.subscribeResource({ uri: historyUri('kitchen') });
    await change('kitchen', 'chelsea.png');
    const told = { method: 'notifications/resources/updated', params: { uri: historyUri('kitchen') } };
    await vi.waitFor(() => expect(notices).toContainEqual(expect.objectContaining(told)));
    await client.close();
  });

  it('is told when it watches too much', async () => {
    const client = await connect({ workshop: made.workshop }, 'legacy');
    const watch = (uri: string) => client.subscribeResource({ uri });
    await expect(watch(historyUri('a'.repeat(3000)))).rejects.toMatchObject({ code: -32602 });
    await Promise.all(Array.from({ length: 1000 }, (_, index) => watch(historyUri(`s${index}`))));
    await expect(watch(historyUri('one-more'))).rejects.toMatchObject({ code: -32602 });
    await watch(historyUri('s7'));
    await client.close();
  });

  it('is forgotten when it leaves', async () => {
    let listening = 0;
    const counted = otherwise(made.workshop, {
      onChange: (listener) => {
        const stop = made.workshop.onChange(listener);
        listening++;
        return () => {
          listening--;
          stop();
        };
      },
    });
    const clients = [await connect({ workshop: counted }, 'legacy'), await connect({ workshop: counted }, 'modern')];
    expect(listening).toBe(2);
    await Promise.all(clients.map((client) => client.close()));
    await vi.waitFor(() => expect(listening).toBe(0));
  });
});

it('listens to nothing for a server of one request', () => {
  const onChange = vi.fn();
  const server = makeServer({
    workshop: otherwise(made.workshop, { onChange }),
    era: 'modern',
    lifetime: 'request',
  });
  expect(server).toBeInstanceOf(McpServer);
  expect(onChange).not.toHaveBeenCalled();
});
