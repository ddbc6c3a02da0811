import { colourPattern } from '../colour/colours.ts';
import type { Phrasing } from '../operation.ts';
import { readColour } from './colour-phrasings.ts';

type Groups = Readonly<Record<string, string | undefined>>;

/** Reads the groups `colour`, `pixels` and `stroke` ("thick"); what was not said is left to the defaults. */
function readLine(groups: Groups): Readonly<Record<string, unknown>> | undefined {
  const { colour = groups.colourAfter, pixels = groups.pixelsAfter, stroke = groups.strokeAfter } = groups;
  const named = colour === undefined ? {} : readColour({ colour });
  if (!named) return undefined;
  if (pixels !== undefined) return { ...named, width: Number(pixels) };
  if (stroke === undefined) return named;
  return { ...named, width: /thin|narrow|fine|얇|가는|가늘/.test(stroke) ? 'thin' : 'thick' };
}

const strokes = 'thick|bold|wide|heavy|strong|fat|chunky|thin|narrow|fine|slim';
/** "a thick, 4 px wide red ". */
const kind = `(?:an? |the |some )?(?:(?<stroke>${strokes}),? )?(?:(?<pixels>\\d+(?:\\.\\d+)?)[ -]?(?:px|pixels?)[ -]?(?:wide |thick )?)?(?:(?:solid|bright|clean|nice|plain) )?(?:(?<colour>${colourPattern}) )?(?:colou?red )?(?:sticker )?`;
const line = '(?:outline|contour|border|stroke|edge|edging|rim|line|silhouette line)';
/** "in red", "with a thick red line", "5 px wide". */
const how = `(?:,? (?:in|with|using) (?:an? )?(?:(?<strokeAfter>${strokes}),? )?(?:(?<pixelsAfter>\\d+(?:\\.\\d+)?)[ -]?(?:px|pixels?)[ -]?(?:wide |thick )?)?(?:(?<colourAfter>${colourPattern}))?(?: ?(?:${line}|colou?r|pen|marker))?)?`;

const english = (source: string): Phrasing => ({
  language: 'en',
  pattern: new RegExp(`^${source}$`),
  region: 'subject',
  parameters: readLine,
});
const korean = (source: string): Phrasing => ({ ...english(source), language: 'ko' });

const koreanLine = '(?:테두리(?:선)?|윤곽선|윤곽|외곽선|외곽|아웃라인|스트로크|경계선|가장자리 ?선)';
const koreanKind = `(?:(?<stroke>두꺼운|굵은|두툼한|얇은|가는|가느다란) )?(?:(?<pixels>\\d+(?:\\.\\d+)?) ?(?:px|픽셀) ?(?:두께의?|굵기의?|짜리)? ?)?(?:(?<colour>${colourPattern}) ?(?:으로|로)? ?)?`;
const drawing =
  '(?:둘러|두르|둘르|그려|그리|그어|긋|넣|쳐|치|추가|만들|씌우|씌워|입히|입혀|표시|달아|달|붙여|붙이|칠하|칠해|해|하|줘|주|강조).*';

/** How people ask for a line around a thing: "outline the cup in red", "give the dog a thick white border", "테두리 둘러줘". */
export const outlinePhrasings: readonly Phrasing[] = [
  english(`(?:outline|contour|edge) (?<target>.+?)${how}`),
  english(
    `trace (?:around )?(?<target>.+?),? (?:in|with|using) (?:an? )?(?:(?<strokeAfter>${strokes}) )?(?<colourAfter>${colourPattern})(?: (?:line|outline|pen))?`,
  ),
  english(
    `(?:draw|put|add|make|place|create|paint|trace) ${kind}${line}(?: line)? (?:around|round|along|about|to|on|onto) (?:the (?:edges?|outline|contour) of )?(?<target>.+?)${how}`,
  ),
  english(
    `(?:give|surround|frame|highlight|mark|circle) (?<target>.+?)(?: with)? ${kind.replace('(?:an? |the |some )?', '(?:an? |the |some )')}${line}(?: around (?:it|them))?`,
  ),
  english(`(?:make|paint|colou?r|turn) the (?:outline|contour) of (?<target>.+?) (?<colour>${colourPattern})`),
  english(`(?:draw|put|add|make) ${kind}(?:outline|contour|sticker border|sticker outline)`),
  korean(
    `(?<target>.+?)(?:의|에|에다|에다가|을|를|만|은|는)? ?(?:가장자리에 |주위에 |주변에 |둘레에 |바깥에 |따라 )?${koreanKind}${koreanLine}(?:을|를|으로|로|만)? ?(?:좀 |하나 )?${drawing}`,
  ),
  korean(
    `(?<target>.+?)(?:의|에)? ?${koreanLine}(?:을|를|은|는)? ?(?:(?<stroke>두껍게|굵게|얇게|가늘게) )?(?:(?<colour>${colourPattern}) ?(?:으로|로)? ?)(?:두껍게 |굵게 )?(?:${drawing})?`,
  ),
  korean(`(?<target>.+?)(?:의|에)? ?${koreanLine}(?:을|를)? ?(?<stroke>두껍게|굵게|얇게|가늘게) ?${drawing}`),
  korean(
    `(?<target>.+?)(?:의)? ?(?:주위|주변|둘레|가장자리)(?:에|를|을|로)? ?${koreanKind}(?:선|라인|줄)(?:을|를|으로)? ?${drawing}`,
  ),
  korean(`${koreanKind}${koreanLine}(?:을|를|으로|로)? ?(?:좀 )?${drawing}`),
];
