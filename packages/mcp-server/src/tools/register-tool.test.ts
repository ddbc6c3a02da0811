import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createMcpApp } from '../app.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import type { Principal, Workshop } from '../workshop/workshop.ts';

const owner: Principal = { scope: 'default', may: { look: true, edit: true } };

/** A host whose calls all end as `work` does. */
async function hostOf(work: Workshop['call']) {
  const workshops = inProcessWorkshops({ studio: async () => atelier({ backends: [local()] }), approve: 'never' });
  onTestFinished(() => workshops.close());
  const faults: unknown[] = [];
  const app = createMcpApp({ workshops, onFault: (error) => faults.push(error) });
  vi.spyOn(workshops.of(owner), 'call').mockImplementation(work);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await app.makeServer({ principal: owner, era: 'legacy', lifetime: 'connection' }).connect(far);
  const client = new Client({ name: 'host', version: '1' });
  await client.connect(near);
  onTestFinished(() => client.close());
  const ask = (signal?: AbortSignal) => client.callTool({ name: 'undo_edit', arguments: {} }, signal ? { signal } : {});
  return { client, ask, faults };
}

it('tells what fails in the server, and hosts no more than that', async () => {
  const broken = new TypeError('the innards');
  const { ask, faults } = await hostOf(() => Promise.reject(broken));
  const result = await ask();
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result)).not.toContain('innards');
  expect(faults).toEqual([broken]);
});

it.each(['cancels', 'goes away'])('takes nothing for a fault that fails because its host %s', async (how) => {
  let begun = (): void => {};
  const atWork = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const left: unknown[] = [];
  const { client, ask, faults } = await hostOf(({ signal }) => {
    begun();
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        left.push(signal.reason);
        reject(signal.reason);
      });
    });
  });
  const stop = new AbortController();
  const call = ask(stop.signal);
  call.catch(() => {});
  await atWork;
  if (how === 'cancels') stop.abort();
  else await client.close();
  await expect(call).rejects.toThrow();
  await expect.poll(() => left.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(faults).toEqual([]);
});
