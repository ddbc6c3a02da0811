import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { squareBackend, squares } from '../__fixtures__/scripted.ts';
import { atelier } from '../atelier.ts';
import type { RunEvent } from '../events.ts';
import { chatCompletions } from './__fixtures__/chat-completions.ts';
import { openBrain } from './open-brain.ts';

const image = await squares();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A run whose brain is at a real address on loopback that answers like this. */
async function runAt(answer: (response: ServerResponse, call: number) => void) {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response, calls++));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const env = { ATELIER_BRAIN_URL: `http://127.0.0.1:${port}`, ATELIER_BRAIN_MODEL: 'qwen3-vl:8b' };
  const brain = await openBrain('compatible', { env });
  const { result, events } = atelier({ backends: [squareBackend()], brain })
    .session({ image })
    .run('remove the cup');
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  const error: unknown = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, last: all.at(-1), calls: () => calls };
}

const page = '<!doctype html>\n<title>Welcome</title>\n<p>It works: data, and more of it.</p>\n';

describe('an address that answers with something else than chat completions', () => {
  it.each([
    ['text/html; charset=utf-8', page, 'text/html'],
    ['Text/Plain', 'Ollama is running', 'text/plain'],
    ['application/json', '{"models":["qwen3-vl:8b"]}', 'application/json'],
  ])('is told by its media type, at once: %s', async (type, body, told) => {
    const { error, last, calls } = await runAt((response) => {
      response.writeHead(200, { 'content-type': type, connection: 'close' }).end(body);
    });
    expect(error).toMatchObject({
      code: 'brain-failed',
      message: `The address answered, but not with chat completions (${told}): does it end in /v1?`,
      hint: expect.stringContaining('/v1'),
      isRetryable: false,
    });
    expect(last).toMatchObject({ status: 'failure', error: { message: expect.stringContaining(told) } });
    expect(calls()).toBe(1);
  });

  it('is not what a server is taken for whose events come with another media type', async () => {
    const { error, calls } = await runAt((response, call) => {
      const steps = call === 0 ? [{ tool: 'plan', input: { steps: [] } }] : undefined;
      const events = chatCompletions.stream(steps ? { calls: steps } : { text: 'Nothing to do.' }, call);
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(events.join(''));
    });
    expect(error).toBeUndefined();
    expect(calls()).toBe(2);
  });
});
