import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const entry = new URL('./index.ts', folder).href;

/** Loads the client in a process of its own uses it as a page would, and prints every module that came along and each of Node's globals that it used. */
const program = `
  import { registerHooks } from 'node:module';
  const urls = [];
  registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); urls.push(found.url); return found; } });
  const used = [];
  for (const name of ['Buffer', 'process', 'setImmediate', 'global']) {
    const value = globalThis[name];
    const get = () => {
      // Node's own parts of the web platform use them too.
      if (new Error().stack.split('\\n')[2].includes('/src/client/')) used.push(name);
      return value;
    };
    Object.defineProperty(globalThis, name, { get });
  }
  const { createAgentClient } = await import(${JSON.stringify(entry)});
  const seen = [];
  const answer = (body, type) => new Response(body, { headers: { 'content-type': type } });
  const client = createAgentClient({
    url: 'https://atelier.example.org',
    fetch: async (url) => {
      seen.push(String(url));
      if (url.endsWith('/invoke')) return answer('{"job_id":"job_1","session":"s"}', 'application/json');
      return answer('id: 1\\ndata: {"seq":1,"status":"cancelled"}\\n\\n', 'text/event-stream');
    },
  });
  const job = await client.invoke({ prompt: 'a', image: new Uint8Array([1]) });
  for await (const event of job.events()) seen.push(event.status);
  console.log(JSON.stringify({ urls, seen, used }));
`;

it('needs eventsource-parser and nothing of Node', async () => {
  const run = promisify(execFile)(process.execPath, [
    '--conditions=atelier-source',
    '--input-type=module',
    '--eval',
    program,
  ]);
  const { urls, seen, used }: Record<'urls' | 'seen' | 'used', string[]> = JSON.parse((await run).stdout);
  expect(seen).toEqual([
    'https://atelier.example.org/agent/invoke',
    'https://atelier.example.org/jobs/job_1/events?after=0',
    'cancelled',
  ]);
  expect(used).toEqual([]);
  expect(urls).toContain(entry);
  const others = urls.filter(
    (url) => !url.startsWith(folder.href) && !/\/node_modules\/eventsource-parser\//.test(url),
  );
  expect(others).toEqual([]);
});

it('loads nothing later either', () => {
  const files = readdirSync(fileURLToPath(folder)).filter((name) => /(?<!\.test)\.ts$/.test(name));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files)
    expect(readFileSync(new URL(name, folder), 'utf8'), name).not.toMatch(/\bimport\(|\brequire\(/);
});
