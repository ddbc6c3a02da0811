import { AtelierError } from '@atelier/sdk/errors';
import { z } from '@hono/zod-openapi';
import { sessionIdSchema, textSchema } from '../http/schemas.ts';

const id = z.string().min(1).max(256);

/** What a turn is made of; parts of other kinds (data, tools, steps) say nothing to a job. */
const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  mediaType: z.string().optional(),
  url: z.string().optional(),
});

const messageSchema = z.looseObject({ id, role: z.string(), parts: z.array(partSchema).max(100) });

/** What the AI SDK's `DefaultChatTransport` sends. Only the last message counts: the session keeps the dialogue. */
export const chatRequestSchema = z
  .object({
    id: z.string().meta({ description: "The chat's id, which also is the session's.", example: 'session_1' }),
    messages: z.array(messageSchema).min(1).max(10_000),
    trigger: z.enum(['submit-message', 'regenerate-message']).default('submit-message'),
    messageId: id.optional().meta({ description: 'Of the message that is made anew.' }),
    session: sessionIdSchema.optional().meta({ description: 'The session to go on with, where it is not the chat.' }),
    language: z.enum(['en', 'ko']).optional().meta({ description: "Default: the prompt's own." }),
    approve: z
      .enum(['edits', 'never'])
      .default('never')
      .meta({ description: "Which tool calls wait for a person's yes." }),
  })
  .openapi('ChatRequest');

export type ChatRequest = z.infer<typeof chatRequestSchema>;

/** What a turn asks for. */
export interface Turn {
  readonly session: string;
  readonly prompt: string;
  /** A data URL, a web address, or one of our own picture URLs; undefined: the session's current picture. */
  readonly picture: string | undefined;
  /** The same for the same turn sent twice; other for one that was edited, or asked for anew. */
  readonly key: readonly unknown[];
}

/** Reads the turn that a chat ends with. Throws `invalid-input`. */
export function readTurn(request: ChatRequest): Turn {
  const message = request.messages.at(-1);
  if (message?.role !== 'user') throw invalid('The chat does not end with a message of the user.');
  const texts = message.parts.filter(({ type }) => type === 'text').map(({ text = '' }) => text.trim());
  const words = texts.filter((text) => text !== '').join('\n');
  if (words === '') throw invalid('The message has no text.', 'Say in words what is to be done to the picture.');
  const prompt = textSchema(10_000).parse(words);
  const picture = pictureOf(message.parts);
  const made = request.trigger === 'regenerate-message' ? (request.messageId ?? crypto.randomUUID()) : null;
  return {
    session: request.session ?? sessionOf(request.id),
    prompt,
    picture,
    key: [request.id, message.id, made, prompt, picture ?? null],
  };
}

function pictureOf(parts: readonly z.infer<typeof partSchema>[]): string | undefined {
  const files = parts.filter(({ type }) => type === 'file');
  const [picture, more] = files;
  if (picture === undefined) return undefined;
  if (more) throw invalid('The message has several files.', 'Send one picture with a message.');
  if (!/^image(\/|$)/i.test(picture.mediaType ?? '') || !picture.url) {
    throw invalid('The file of the message is not a picture.', 'Send a JPEG, PNG, WebP, AVIF or GIF.');
  }
  return picture.url;
}

function sessionOf(chat: string): string {
  const { success, data } = sessionIdSchema.safeParse(chat);
  if (success) return data;
  throw invalid(
    "The chat's id cannot name a session.",
    'Use 1 to 128 letters, digits, dots, dashes and underscores, or send `session` as well.',
  );
}

const invalid = (message: string, hint?: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, ...(hint === undefined ? {} : { hint }) });
