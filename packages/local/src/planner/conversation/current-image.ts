import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { readToolOutput } from './tool-output.ts';

const anyId = /\bimg_[0-9a-f]{32}\b/g;
const currentId = /\b(img_[0-9a-f]{32})\b(?:(?!img_)[^\n]){0,80}?\(current\)/g;

/** Tools whose `image` is the picture to go on with. */
const pictureMakers = new Set([
  'remove_object',
  'inpaint_image',
  'adjust_image',
  'generate_image',
  'load_image',
  'undo_edit',
]);

/**
 * The picture to work on: what the last edit of this turn answered; else the id marked "(current)" in the last user
 * message, the system text or the latest earlier message; else the last id anybody mentioned. Undefined where there is none.
 */
export function currentImage(prompt: LanguageModelV4Prompt): string | undefined {
  const last = prompt.findLastIndex((message) => message.role === 'user');
  const [earlier, since] = [prompt.slice(0, Math.max(0, last)), prompt.slice(last + 1)];
  const asked = last === -1 ? '' : written(prompt.slice(last, last + 1));
  const system = written(prompt.filter((message) => message.role === 'system'));
  const marked = (text: string): string | undefined => [...text.matchAll(currentId)].at(-1)?.[1];
  return (
    lastMade(since) ??
    marked(asked) ??
    marked(system) ??
    lastIn(asked) ??
    lastMade(earlier) ??
    marked(written(earlier)) ??
    lastIn(written(earlier)) ??
    lastIn(system)
  );
}

const lastIn = (text: string): string | undefined => text.match(anyId)?.at(-1);

function written(messages: LanguageModelV4Prompt): string {
  const texts = messages.map((message) => {
    if (message.role === 'system') return message.content;
    if (message.role !== 'user') return '';
    return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  });
  return texts.join('\n');
}

function lastMade(messages: LanguageModelV4Prompt): string | undefined {
  for (const message of messages.toReversed()) {
    if (message.role !== 'tool' && message.role !== 'assistant') continue;
    for (const part of [...message.content].reverse()) {
      if (part.type !== 'tool-result' || !pictureMakers.has(part.toolName)) continue;
      const outcome = readToolOutput(part.output);
      const image = outcome.ok ? outcome.output.image : undefined;
      if (typeof image === 'string' && /^img_[0-9a-f]{32}$/.test(image)) return image;
    }
  }
  return undefined;
}
