import {
  type Experimental_DecisionModelV4Input as DecisionInput,
  type Experimental_DecisionModelV4State as DecisionState,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { type PictureData, pictureData } from '../language/chat-messages.ts';

/** Instructions and descriptions as text; JSON stays JSON. */
export const toText = (input: DecisionInput | null | undefined): string =>
  input === null || input === undefined ? '' : typeof input === 'string' ? input : JSON.stringify(input);

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
