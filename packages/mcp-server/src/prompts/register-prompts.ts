import { type Language, languageOf } from '@atelier/sdk/tools';
import { completable, type GetPromptResult, type McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { ResourceAccess } from '../resources/access.ts';
import { completions } from '../resources/completions.ts';
import { faultTeller } from '../resources/fault-teller.ts';
import { describePhotoWords } from './describe-photo-words.ts';
import { editPhotoWords } from './edit-photo-words.ts';
import { photoReference } from './photo-reference.ts';
import { promptError } from './prompt-error.ts';
import { type PromptTitles, promptTitles } from './prompt-titles.ts';
import type { PromptWords } from './prompt-words.ts';

export type PromptAccess = Pick<ResourceAccess, 'workshop' | 'settings' | 'principal' | 'onFault'>;

interface PromptArguments {
  readonly photo?: string | undefined;
  readonly request?: string | undefined;
  readonly language?: Language | '' | undefined;
}

/** The prompts edit-photo and describe-photo, in English and Korean. */
export function registerPrompts(server: McpServer, access: PromptAccess): void {
  const titles = promptTitles[access.settings.language];
  const report = faultTeller(server, access);
  const say = async (words: PromptWords, asked: PromptArguments): Promise<GetPromptResult> => {
    try {
      return await promptMessages(access, words, asked);
    } catch (error) {
      throw promptError(error, report);
    }
  };
  const { photo, request, language } = promptSchemas(access, titles);
  server.registerPrompt('edit-photo', { ...titles.edit, argsSchema: z.object({ request, photo, language }) }, (asked) =>
    say(editPhotoWords, asked),
  );
  server.registerPrompt(
    'describe-photo',
    { ...titles.describe, argsSchema: z.object({ photo, request: question(titles), language }) },
    (asked) => say(describePhotoWords, asked),
  );
}

const question = (titles: PromptTitles) => words.optional().describe(titles.question);
const words = z.string().max(4000);
/** A name is one line. A new one each time: completions are attached to it. */
const oneLine = () =>
  z
    .string()
    .max(2048)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);

function promptSchemas({ workshop, principal }: PromptAccess, titles: PromptTitles) {
  const { images } = completions(workshop);
  const languages = ['en', 'ko', ''] as const;
  return {
    photo: completable(oneLine(), (typed = '') => (principal.may.look ? images(typed) : []))
      .optional()
      .describe(titles.photo),
    request: words.min(1).describe(titles.request),
    // Hosts send empty strings for fields that were left empty.
    language: completable(z.enum(languages), (typed = '') =>
      languages.filter((name) => name !== '' && name.startsWith(typed)),
    )
      .optional()
      .describe(titles.language),
  };
}

async function promptMessages(
  access: PromptAccess,
  words: PromptWords,
  { photo, request, language }: PromptArguments,
): Promise<GetPromptResult> {
  const { workshop, settings } = access;
  const said = request?.trim() ? request : undefined;
  const spoken = language || (said === undefined ? settings.language : languageOf(said));
  const reference = await photoReference(access, photo);
  const text = words[spoken]({ photo: reference, request: said, canSave: settings.output !== undefined });
  const messages: GetPromptResult['messages'] = [{ role: 'user', content: { type: 'text', text } }];
  if (reference.kind === 'known' && reference.isShown) {
    const { bytes, mediaType } = await workshop.preview(reference.id);
    messages.push({
      role: 'user',
      content: { type: 'image', data: Buffer.from(bytes).toString('base64'), mimeType: mediaType },
    });
  }
  return { messages };
}
