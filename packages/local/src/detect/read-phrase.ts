import { type ColourWish, splitColour } from './colour/colour-wish.ts';
import { headNouns } from './head-noun.ts';
import { type ShapeWish, shapeOfNoun, splitShape } from './shape/shape-names.ts';
import { singularForms } from './singular.ts';
import { isText, isTextSomewhere } from './text/text-words.ts';
import { lookUp } from './vocabulary.ts';

/** What a phrase asks the detectors for. At least one of `labels`, `shape`, `anything` and `text` is said. */
export interface PhraseMeaning {
  /** What the network calls it. */
  readonly labels: readonly string[];
  /** An outline. With `labels` ("ball") either will do. */
  readonly shape?: ShapeWish | undefined;
  /** True for "thing", "one": whatever has the colour that is said. */
  readonly anything: boolean;
  readonly text: boolean;
  readonly colour?: ColourWish | undefined;
}

const anyThing = /^(?:one|thing|object|item|stuff|shape|figure|것|거|게|걸|물체|물건|사물|도형|모양|애|놈|녀석)$/;
/** "Of the cups the red one": 컵 중에 빨간 것. */
const koreanAmong = /^(?<kind>.+?)들?\s*(?:중에서|중에|중)\s+(?<which>.+)\s+(?:것|거|게|걸)(?:을|를|만|도|은|는|이)?$/;
/** "Of red colour", 빨간색의 컵, is not an owner. */
const koreanOf = /(?<=[색빛깔형])의(?=\s)/;
/** Words before the noun, one colour and one shape at most, and room for a repetition. */
const mostAdjectives = 3;

/** Reads nouns of the network, shapes and text, each with a colour or without; undefined for any other phrase. */
export function readPhrase(phrase: string): PhraseMeaning | undefined {
  for (const reading of headNouns(phrase.replace(koreanAmong, '$<which> $<kind>').replace(koreanOf, ''))) {
    for (const form of singularForms(reading)) {
      const meaning = readNoun(form);
      if (meaning) return meaning;
    }
  }
  return undefined;
}

interface Said {
  readonly colour?: ColourWish | undefined;
  readonly shape?: ShapeWish | undefined;
}

function readNoun(noun: string, said: Said = {}, depth = 0): PhraseMeaning | undefined {
  const plain = meaningOf(noun, said);
  if (plain || depth >= mostAdjectives) return plain;
  const shaped = said.shape ? undefined : splitShape(noun);
  if (shaped) return readNoun(shaped.rest, { ...said, shape: shaped.shape }, depth + 1);
  const coloured = said.colour ? undefined : splitColour(noun);
  if (coloured) return readNoun(coloured.rest, { ...said, colour: coloured.colour }, depth + 1);
  if (said.shape || !isTextSomewhere(noun)) return undefined;
  return { labels: [], anything: false, text: true, colour: said.colour };
}

/** The noun itself, without adjectives. What the network knows goes before a shape of the same name. */
function meaningOf(noun: string, { colour, shape }: Said): PhraseMeaning | undefined {
  if (anyThing.test(noun)) {
    return shape || colour ? { labels: [], shape, anything: !shape, text: false, colour } : undefined;
  }
  const named = shapeOfNoun(noun);
  // "Round ball", "square block": the noun says enough.
  if (named && (!shape || Object.keys(named.accepts).some((name) => name in shape.accepts))) {
    return { labels: lookUp(noun)?.labels ?? [], shape: named, anything: false, text: false, colour };
  }
  // That a cup is round, or a table square, its outline in the picture does not tell.
  if (shape) return undefined;
  const known = lookUp(noun);
  if (known) return { labels: known.labels, anything: false, text: false, colour };
  return isText(noun) ? { labels: [], anything: false, text: true, colour } : undefined;
}
