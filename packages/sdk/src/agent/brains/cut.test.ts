import { describe, expect, it } from 'vitest';
import { places, squareBackend, squares } from '../__fixtures__/scripted.ts';
import { atelier } from '../atelier.ts';
import type { RunEvent } from '../events.ts';
import { cutServer, type Stream } from './__fixtures__/cut-server.ts';
import type { Reply, Wire } from './__fixtures__/wire.ts';
import { wires } from './__fixtures__/wires.ts';
import { openBrain } from './open-brain.ts';

const image = await squares();
const plan: Reply = { calls: [{ tool: 'plan', input: { steps: [{ tool: 'remove_object', message: 'Remove it' }] } }] };
const remove: Reply = {
  calls: [{ tool: 'remove_object', input: { image: image.id, box: { ...places.left, width: 16, height: 16 } } }],
};
const answer: Reply = { text: 'The square is gone.' };
const whole = (reply: Reply): Stream => ({ reply, ending: 'whole' });

async function run(wire: Wire, script: readonly Stream[]) {
  const server = await cutServer(wire, script);
  const brain = await openBrain(wire.brain, { env: wire.env, fetch: server.fetch });
  const session = atelier({ backends: [squareBackend()], brain }).session({ image });
  const { result, events } = session.run('remove the left square');
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  await server.close();
  return {
    server,
    session,
    result,
    text: all.flatMap((event) => (event.status === 'token' ? event.text : [])).join(''),
    all,
  };
}

/** Text of the event with which the last part of a call has come. */
const callEnd = ({ name }: Wire): string => (name === 'OpenAI Responses' ? 'response.output_item.done' : '"height');

const endings = ['early', 'reset'] as const;

describe.concurrent.each(wires)('a stream of $name that is cut', (wire) => {
  it.each(endings)('before anything came is asked for again (%s)', async (ending) => {
    const script = [whole(plan), { reply: remove, ending }, whole(remove), { reply: answer, ending }, whole(answer)];
    const { server, result, text } = await run(wire, script);
    await expect(result).resolves.toMatchObject({ answer: answer.text, edits: [{ tool: 'remove_object' }] });
    expect(server.calls).toBe(5);
    expect(text).toBe(answer.text);
  });

  it.each(endings)('in the middle of a thought is asked for again (%s)', async (ending) => {
    const thinking = { reply: { thought: 'Let me see.', ...plan }, ending, upTo: 'Let me see.' };
    const { server, result } = await run(wire, [thinking, whole(plan), whole(answer)]);
    await expect(result).resolves.toMatchObject({ answer: answer.text });
    expect(server.calls).toBe(3);
  });

  it.each(endings)('in the middle of an answer fails the run, and keeps what was done (%s)', async (ending) => {
    const script = [whole(plan), whole(remove), { reply: answer, ending, upTo: 'The square' }, whole(answer)];
    const { server, session, result, text, all } = await run(wire, script);
    await expect(result).rejects.toMatchObject({
      code: 'brain-failed',
      isRetryable: true,
      message: expect.stringContaining('broke off'),
      details: { reason: 'broke-off' },
    });
    expect(server.calls).toBe(3);
    expect(answer.text?.startsWith(text)).toBe(true);
    expect(text).not.toBe(answer.text);
    const current = await session.image();
    expect(current?.id).not.toBe(image.id);
    expect(all.at(-1)).toMatchObject({
      status: 'failure',
      outputImage: current?.id,
      edits: [{ tool: 'remove_object' }],
    });
  });

  it.each(endings)('after a whole call, but before its end, does not make the call (%s)', async (ending) => {
    const { server, session, result } = await run(wire, [
      whole(plan),
      { reply: remove, ending, upTo: callEnd(wire) },
      whole(remove),
    ]);
    await expect(result).rejects.toMatchObject({ code: 'brain-failed', details: { reason: 'broke-off' } });
    expect(server.calls).toBe(2);
    expect((await session.image())?.id).toBe(image.id);
  });

  it('again and again is given up', async () => {
    const nothing: Stream = { reply: plan, ending: 'reset' };
    const { server, result } = await run(wire, [nothing, nothing, nothing, whole(plan)]);
    await expect(result).rejects.toMatchObject({ code: 'brain-failed', isRetryable: true });
    expect(server.calls).toBe(3);
  });
});
