import { atelier } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { DefaultChatTransport } from 'ai';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { slowBackend } from '../__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from '../__fixtures__/five-steps/brain.ts';
import { numberedPicture } from '../__fixtures__/five-steps/picture.ts';
import { type AgentServer, agentServer } from '../client/__fixtures__/agent-server.ts';
import { type AgentClient, createAgentClient } from '../client/agent-client.ts';
import type { AtelierUIMessage } from '../client/ui-message.ts';
import { PlainChat } from './__fixtures__/plain-chat.ts';
import { slowTalker } from './__fixtures__/slow-talker.ts';

let server: AgentServer;
let key: string;
let otherKey: string;
let client: AgentClient;
let picture: { readonly type: 'file'; readonly mediaType: string; readonly url: string };
beforeAll(async () => {
  const studio = atelier({ backends: [slowBackend({ time: 60 })], brain: slowTalker(fiveStepBrain(), 80) });
  server = await agentServer(inject('postgres'), { studio });
  key = await server.keyOf('one');
  otherKey = await server.keyOf('two');
  client = createAgentClient({ url: server.url, key });
  const { bytes } = await encodeImage(await numberedPicture(1), { format: 'png' });
  const url = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
  picture = { type: 'file', mediaType: 'image/png', url };
});
afterAll(() => server?.close());

let chats = 0;
function newChat(body: object = {}, bearer = key, id = `chat_${chats++}`) {
  const headers = { authorization: `Bearer ${bearer}` };
  const transport = new DefaultChatTransport<AtelierUIMessage>({ api: `${server.url}/chat`, headers, body });
  return new PlainChat({ id, transport });
}

const partsOf = (chat: PlainChat) => chat.lastMessage?.parts ?? [];
const textOf = (chat: PlainChat) => partsOf(chat).flatMap((part) => (part.type === 'text' ? [part.text] : []));
const imageOf = (chat: PlainChat) =>
  partsOf(chat).flatMap((part) => (part.type === 'data-image' ? [part.data] : []))[0];
const jobOf = (chat: PlainChat) => partsOf(chat).flatMap((part) => (part.type === 'data-job' ? [part.data] : []))[0];

describe('useChat', () => {
  it('sends a picture, sees the work and gets the picture that came of it', async () => {
    const chat = newChat();
    await chat.sendMessage({ text: 'adjust 2', files: [picture] });
    expect(chat.error).toBeUndefined();
    expect(chat.status).toBe('ready');
    expect(chat.messages).toHaveLength(2);
    expect(textOf(chat)).toEqual(['All done.']);
    expect(jobOf(chat)).toMatchObject({ state: 'succeeded', session: chat.id, jobId: chat.lastMessage?.id });
    const image = imageOf(chat);
    expect(image).toMatchObject({ id: expect.stringMatching(/^img_/), edits: [{ tool: 'adjust_image' }, {}] });
    // The URL works as it is: no key, as in <img src>.
    const shown = await fetch(image?.url ?? '');
    expect(shown.headers.get('content-type')).toBe('image/png');
    // The next turn goes on with that picture, without sending it again.
    await chat.sendMessage({ text: 'adjust 1' });
    expect(imageOf(chat)?.edits).toHaveLength(1);
    const session = await client.session(chat.id).get();
    expect(session.edits).toBe(3);
  });

  it('shows text while it is written', async () => {
    const response = await fetch(`${server.url}/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `chat_${chats++}`,
        messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'adjust 1' }, picture] }],
        trigger: 'submit-message',
      }),
    });
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
    const deltas = (await response.text()).match(/"delta":"[^"]*"/g);
    expect(deltas).toEqual(['"delta":"All "', '"delta":"done."']);
  });

  it('takes one of our own picture URLs, whole or as a path', async () => {
    const { id, url } = await client.uploadImage(new Blob([await (await fetch(picture.url)).arrayBuffer()]));
    // Also under another name of this server, where the URL is signed for whoever sends it.
    for (const own of [url, `/images/${id}`, url.replace('127.0.0.1', 'localhost')]) {
      const chat = newChat();
      await chat.sendMessage({ text: 'adjust 1', files: [{ ...picture, url: own }] });
      expect(chat.error).toBeUndefined();
      expect((await client.session(chat.id).get()).images[0]?.id).toBe(id);
    }
  });

  it('asks, and goes on with the answer', async () => {
    const chat = newChat({ approve: 'edits' });
    const sent = chat.sendMessage({ text: 'adjust 1', files: [picture] });
    const asked = () => partsOf(chat).flatMap((part) => (part.type === 'data-question' ? [part.data] : []));
    await expect.poll(() => asked()[0]?.isOpen, { timeout: 10_000 }).toBe(true);
    const { answer } = asked()[0] ?? {};
    expect(answer?.add).toBe('approved');
    const response = await fetch(answer?.url ?? '', {
      method: answer?.method ?? 'GET',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...answer?.body, approved: true }),
    });
    expect(response.status).toBe(200);
    await sent;
    expect(asked().map(({ isOpen }) => isOpen)).toEqual([false]);
    expect(textOf(chat)).toEqual(['All done.']);
  });

  it('comes back in the middle by the chat’s id and sees one message, whole', async () => {
    const chat = newChat({ approve: 'edits' });
    const sent = chat.sendMessage({ text: 'adjust 1', files: [picture] });
    await expect.poll(() => jobOf(chat)?.state, { timeout: 10_000 }).toBe('waiting');
    // Leaving stops the reading, not the job.
    await chat.stop();
    await sent;
    const resumed = chat.resumeStream();
    const job = client.job(jobOf(chat)?.jobId ?? '');
    await job.answer((await job.get()).question ?? '', { approved: true });
    await resumed;
    expect(chat.messages).toHaveLength(2);
    expect(jobOf(chat)?.state).toBe('succeeded');
    expect(imageOf(chat)?.edits).toHaveLength(1);
    expect(textOf(chat)).toEqual(['All done.']);
    // Nothing goes on any more: 204, and the messages stay.
    await chat.resumeStream();
    expect(chat.status).toBe('ready');
    expect(chat.messages).toHaveLength(2);
  });

  it('sends one message twice and gets one job', async () => {
    const message = { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'adjust 1' }, picture] } as const;
    const id = `chat_${chats++}`;
    const send = () =>
      new DefaultChatTransport<AtelierUIMessage>({
        api: `${server.url}/chat`,
        headers: { authorization: `Bearer ${key}` },
      }).sendMessages({
        chatId: id,
        messages: [{ ...message, parts: [...message.parts] }],
        trigger: 'submit-message',
        messageId: undefined,
        abortSignal: undefined,
      });
    const streams = await Promise.all([send(), send()]);
    const starts = await Promise.all(streams.map(async (stream) => (await stream.getReader().read()).value));
    expect(starts[0]).toMatchObject({ type: 'start' });
    expect(starts[0]).toEqual(starts[1]);
    expect((await client.jobs({ session: id })).jobs).toHaveLength(1);
  });

  it('makes an answer anew, of the last message alone', async () => {
    const chat = new PlainChat({
      id: `chat_${chats++}`,
      transport: new DefaultChatTransport<AtelierUIMessage>({
        api: `${server.url}/chat`,
        headers: { authorization: `Bearer ${key}` },
        prepareSendMessagesRequest: ({ id, messages, trigger, messageId, body, headers }) => ({
          body: { ...body, id, messages: messages.slice(-1), trigger, messageId },
          ...(headers === undefined ? {} : { headers }),
        }),
      }),
    });
    await chat.sendMessage({ text: 'adjust 1', files: [picture] });
    const first = chat.lastMessage?.id;
    await chat.regenerate();
    expect(chat.messages).toHaveLength(2);
    expect(chat.lastMessage?.id).not.toBe(first);
    expect(textOf(chat)).toEqual(['All done.']);
  });

  it('shows why it failed, and tries again when the message is sent again', async () => {
    // No picture: nothing to adjust.
    const chat = newChat();
    await chat.sendMessage({ text: 'adjust 1' });
    expect(chat.status).toBe('error');
    expect(chat.error?.message).toMatch(/\w.*\.$/);
    expect(jobOf(chat)?.state).toBe('failed');
    const first = jobOf(chat)?.jobId;
    chat.messages = chat.messages.slice(0, 1);
    await chat.sendMessage();
    expect(jobOf(chat)?.jobId).not.toBe(first);
    expect((await client.job(jobOf(chat)?.jobId ?? '').get()).retryOf).toBe(first);
  });
});

describe('what is refused', () => {
  const refused = async (message: object, body: object = {}) => {
    const chat = newChat(body);
    await chat.sendMessage({ text: 'x', ...message }).catch(() => {});
    const { error } = JSON.parse(chat.error?.message ?? '{}');
    expect((await client.jobs({ session: chat.id })).jobs).toEqual([]);
    return error;
  };

  it.each([
    ['a message without words', { text: ' ', files: [] }],
    ['a file that is no picture', { files: [{ type: 'file', mediaType: 'text/plain', url: 'data:text/plain,x' }] }],
    ['a path of the machine', { files: [{ type: 'file', mediaType: 'image/png', url: '/etc/passwd' }] }],
  ])('%s', async (_name, message) => {
    expect(await refused(message)).toMatchObject({ code: 'invalid-input', hint: expect.any(String) });
  });

  it('several pictures, a web address that is not allowed, a session that cannot be', async () => {
    expect(await refused({ files: [picture, picture] })).toMatchObject({ code: 'invalid-input' });
    const web = { ...picture, url: 'http://169.254.169.254/latest' };
    expect(await refused({ files: [web] })).toMatchObject({ code: 'not-allowed' });
    expect(await refused({}, { session: '../x' })).toMatchObject({ code: 'invalid-input' });
  });

  it('another tenant’s job, chat and picture', async () => {
    const chat = newChat();
    const sent = chat.sendMessage({ text: 'adjust 5', files: [picture] });
    await expect.poll(() => jobOf(chat)?.state, { timeout: 10_000 }).toBe('running');
    const headers = { authorization: `Bearer ${otherKey}` };
    for (const id of [chat.id, chat.lastMessage?.id]) {
      expect((await fetch(`${server.url}/chat/${id}/stream`, { headers })).status).toBe(204);
    }
    const theirs = newChat({}, otherKey);
    const { id, url } = await client.uploadImage(picture.url);
    for (const own of [url, `/images/${id}`, `${server.url}/images/${id}`]) {
      await theirs.sendMessage({ text: 'adjust 1', files: [{ ...picture, url: own }] });
      expect(JSON.parse(theirs.error?.message ?? '{}').error).toMatchObject({ code: 'not-found' });
    }
    await sent;
  });
});
