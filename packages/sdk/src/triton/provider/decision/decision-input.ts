import {
  type Experimental_DecisionModelV4Input as DecisionInput,
  type Experimental_DecisionModelV4State as DecisionState,
  InvalidArgumentError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { type PictureData, pictureData } from '../language/chat-messages.ts';

/** Instructions and descriptions as text; JSON stays JSON. */
export const toText = (input: DecisionInput | null | undefined): string =>
  input === null || input === undefined ? '' : typeof input === 'string' ? input : JSON.stringify(input);

const example = "state: [{ type: 'file', mediaType: 'image/png', data: photo }, { type: 'text', text: '...' }]";

/**
 * The AI SDK hands a state on unchecked: what a program without types gave may be no state at all. Throws
 * `InvalidArgumentError` that shows one.
 */
export function checkState(state: DecisionState): void {
  // Most often because the caller gave messages, as to generateText: they are dropped on the way.
  if (state.some((part) => part.type === 'json' && part.value === undefined)) {
    throw badState(`There is no state. experimental_decide takes a state, and no messages or prompt: ${example}.`);
  }
  const types: readonly string[] = ['text', 'json', 'file'];
  for (const [at, part] of state.entries()) {
    if (types.includes(part?.type)) continue;
    const what =
      part && 'role' in part
        ? `state[${at}] is a message, and a state has parts without roles`
        : `state[${at}] is no part of type text, json or file`;
    throw badState(`${what}: ${example}.`);
  }
}

const badState = (message: string): InvalidArgumentError => new InvalidArgumentError({ argument: 'state', message });

/** The pictures and the words of a state, in their order. */
export function readState(state: DecisionState): { readonly pictures: PictureData[]; readonly words: string[] } {
  const pictures: PictureData[] = [];
  const words: string[] = [];
  for (const part of state) {
    if (part.type === 'text') words.push(part.text);
    else if (part.type === 'json') words.push(JSON.stringify(part.value));
    else if (part.data.type === 'text') words.push(part.data.text);
    else pictures.push(pictureData(part));
  }
  return { pictures, words };
}

export function onlyPicture(pictures: readonly PictureData[]): PictureData {
  const [picture] = pictures;
  if (picture !== undefined && pictures.length === 1) return picture;
  throw new UnsupportedFunctionalityError({
    functionality: `decisions about ${pictures.length} pictures`,
    message: `Boxes are decided on exactly one picture; the state has ${pictures.length}.`,
  });
}
