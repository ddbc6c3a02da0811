import { colourPattern, parseColour } from '../colour/colours.ts';
import type { Phrasing } from '../operation.ts';

type Groups = Readonly<Record<string, string | undefined>>;

/** The `colour` group as the operation's parameter; undefined where it names no colour. */
export const readColour = ({ colour }: Groups): { colour: string } | undefined =>
  colour !== undefined && parseColour(colour) ? { colour: colour.trim() } : undefined;

const english = (source: string): Phrasing => ({
  language: 'en',
  pattern: new RegExp(source.replace('COLOUR', `(?<colour>${colourPattern})`)),
  parameters: readColour,
});

const korean = (source: string): Phrasing => ({
  language: 'ko',
  pattern: new RegExp(source.replace('COLOUR', `(?<colour>${colourPattern})`)),
  parameters: readColour,
});

/** "Turn the apple into an orange" asks for a fruit; without the article it asks for a colour. */
const article =
  '(?:an?\\s+(?!(?:orange|peach|apricot|lime|olive|mint|lavender|lilac|wine|coral|salmon|camel|sand|teal)$))?';
/** A target does not end in the words that lead to the colour, nor in half of "black and white". */
const targetEnd = '(?<!\\b(?:an?|the|to|into|be|look|with|and|or|&))';

const verbs = '(?:make|turn|paint|repaint|colou?r|recolou?r|dye|tint|change|convert|set|spray)';
const koreanVerbs = '(?:만들|바꾸|바꿔|바꿀|바뀌|변경|변하|변해|칠하|칠해|칠할|색칠|물들|염색|채색|해|하).*';

/** How people ask for a thing in another colour: "make the cup blue", "컵을 파랗게 칠해". */
export const colourPhrasings: readonly Phrasing[] = [
  english(`^${verbs}\\s+the\\s+colou?r\\s+of\\s+(?<target>.+?)\\s+(?:in)?to\\s+${article}COLOUR$`),
  english(`^${verbs}\\s+(?<target>.+?)(?:'s|s')\\s+colou?r\\s+(?:(?:in)?to\\s+)?${article}COLOUR$`),
  // "the cup color", "its colour", but not "the colour" alone: that is nothing's.
  english(
    `^${verbs}\\s+(?<target>.+?)${targetEnd}\\s+colou?r\\s+(?:(?:from\\s+\\S+\\s+)?(?:in)?to\\s+)?${article}COLOUR$`,
  ),
  english(
    `^${verbs}\\s+(?<target>(?!the\\s+colou?r\\b).+?)${targetEnd}\\s+(?:(?:from\\s+\\S+\\s+)?(?:in)?to\\s+)?(?:be\\s+|look\\s+)?${article}(?:solid\\s+|plain\\s+)?COLOUR(?:\\s+(?:one|colou?r|in colou?r))?$`,
  ),
  english(`^give\\s+(?<target>.+?)\\s+an?\\s+COLOUR\\s+(?:colou?r|coat|paint|finish)$`),
  english(`^i\\s+want\\s+(?<target>.+?)\\s+(?:to\\s+be\\s+|in\\s+)?COLOUR$`),
  korean(`^(?<target>.+?)(?:의)?\\s*(?:색깔|색상|컬러|색)(?:을|를|은|이)?\\s+COLOUR(?:으로|로)?\\s*${koreanVerbs}$`),
  korean(
    `^(?<target>.+?)(?:을|를|은|는|이|가|만)?\\s+(?:(?:전부|모두|다|좀|완전히)\\s+)*COLOUR(?:으로|로)?\\s*${koreanVerbs}$`,
  ),
  korean(`^(?<target>.+?)(?:을|를|은|는|이|가|만)?\\s+COLOUR(?:으로|로)?$`),
];
