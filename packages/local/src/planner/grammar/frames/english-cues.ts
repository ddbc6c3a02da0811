import { always, cue } from './cue.ts';
import { anyColour, colourOf } from './english-colour.ts';
import { detect, recolour, remove, replace, segment } from './english-deed-cues.ts';
import { type Act, adjustment, type Cue } from './frame.ts';

const picture = '(?:picture|photo|photograph|image|pic|shot|snap|scene|frame)';
const backdrop = '(?:back ?ground|backdrop)';
const around = '(?:all )?(?:around|round|about|round about)';

const straighten: readonly Cue[] = [
  cue(
    '\\b(?:straighten(?:ed|ing)?|level(?:l?ed|l?ing)?|un-?tilt|de-?skew)(?: (?:up|out|off))?\\b',
    always(adjustment('straighten', {}, 'everything')),
  ),
  cue(
    '\\b(?:make|get|set|put|turn|rotate|tilt|tip|fix|correct|sort|adjust)\\b(?=.*\\b(?:horizon|tilt|slant|skyline|wonkiness|lean|verticals?|level|straight|crooked|wonky|upright)\\b).*\\b(?:straight(?:er)?|level|horizontal|horizon|tilt|slant|wonkiness|lean|upright|verticals?|plumb)\\b',
    always(adjustment('straighten', {}, 'everything')),
  ),
];

const upTo =
  "(?: (?:it|(?:the |this |my |that |whole |entire )*(?:picture|photo|photograph|image|pic|shot|snap|thing)|everything))?(?: (?:in|down|right|nice and|really|tight(?:ly|er)?|close(?:ly|r)?|just|up|only))*(?: (?:to|on|onto|into|around|round|about|by|at|so (?:that )?(?:it's|it is|its|there's|there is|you only see|only|we only see|i only see|we see|i get|just)(?: just| only)?|until (?:it's )?(?:just|only)))?(?: (?:just|only|show(?:s|ing)?|fit|leave|hug|keep))*";
const crop: readonly Cue[] = [
  cue(
    `\\b(?:reduce|narrow|pare|strip|whittle|get|bring|shrink|cut)(?: (?:it|this|that|everything|(?:the |this |my |whole )*${picture}))?(?: (?:right|all the way))? (?:down to|to(?= (?:just|only|the|my|his|her|show)))(?: (?:just|only|show|showing))*\\b`,
    always(adjustment('crop')),
  ),
  cue(
    `\\b(?:crop(?:ped|ping)?|trim(?:med|ming)?|zoom(?:ed)?(?= in)|tighten(?:ed)?(?= (?:in|up|the))|close in(?= on))${upTo}\\b`,
    always(adjustment('crop')),
  ),
  cue(
    `\\b(?:cut|chop|frame|reframe|shrink|get)(?: (?:the|this|my|that|whole))* ${picture}(?: (?:down|in|right|tight(?:ly)?|close(?:ly)?))* (?:to|on|around|round|so (?:that )?(?:it's|only|just))(?: (?:just|only))?\\b`,
    always(adjustment('crop')),
  ),
  cue(
    '\\b(?:i (?:only|just) (?:want|need)|just keep|keep only) (?<thing>.+) in (?:the )?(?:shot|frame|picture|photo|image)\\b',
    always(adjustment('crop')),
  ),
];

const line =
  '(?:out ?lines?|lines?|borders?|edges?|edging|contours?|strokes?|rings?|circles?|frames?|rims?|halos?|traces?|box)';
const lineCue = (source: string): Cue =>
  cue(source, ({ colour, width }) => {
    const shade = colourOf(colour);
    if (colour !== undefined && shade === undefined) return undefined;
    return adjustment('outline', {
      ...(shade === undefined ? {} : { colour: shade }),
      ...(width === undefined ? {} : { width: Number(width) }),
    });
  });
const size =
  '(?:(?:(?:thin|thick|fine|fat|bold|narrow|wide|chunky|skinny|heavy|light|dashed|clean|crisp|simple|nice|little|big|strong|neat|slim|clear|proper|solid|bright|glowing|sticker-style),? )*(?:(?<width>\\d{1,3}) ?(?:px|pixels?)(?: wide)? )?)';
const looks = size.replace('(?<width>\\d{1,3})', '\\d{1,3}');
/** "the blue ring on the right": where a ring is, and no thing that gets one. */
const side =
  ' the (?:far |very )?(?:left|right|top|bottom)(?:[- ]?hand)?(?: side)?(?: (?:red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y))? *(?:$|[.,;!?])';
const outline: readonly Cue[] = [
  lineCue(
    `\\b(?:put|pop|draw|add|give|stick|want|need|like|do|with|place|trace|run|have|get|make|slap|paint|apply|see)?\\b ?(?:me )?(?:an?|the|some)? ?${size}(?:${anyColour} )?${looks}${line}(?: (?:in|of)(?: (?:a|an))? ${anyColour.replace('colour>', 'second>')})? (?:${around}|(?:on|to|along)(?!${side}))\\b`,
  ),
  lineCue(
    `\\b(?:out ?line[ds]?|outlining|trace(?:d)?(?: around| round)?|circle|ring(?:ed)?|edge|draw ${around})\\b(?=.*\\b(?:in|with)\\b)(?<thing>.+?) (?:in|with|using)(?: an?)? ${size}${anyColour}(?: ${line})?`,
  ),
  lineCue(`\\b(?:give|want) (?<thing>.+?) an? ${size}(?:${anyColour} )?${looks}${line}\\b`),
  lineCue(
    `\\b(?:out ?lined?|outlining|trace(?:d)?(?: around| round)|draw ${around}|circle(?= the| this| that| my| it))\\b`,
  ),
];

const monochrome =
  "(?:black(?:-| )?(?:and|&|n|'n'|\\+)(?:-| )?white|b ?& ?w|b/w|bw|gr[ae]y ?scaled?|mono(?:chrome)?|colou?rless|desaturated?|de-saturated?)";
const desaturate: readonly Cue[] = [
  cue(
    `\\b(?:be|is|stay|stays|keep|keeps|leave|left|remain|as)?\\b ?(?:the )?only (?:thing|one|part|bit)s?(?: (?:left|that's|that is|which is|to be|still|to stay|remaining))*(?: in| with)?(?: (?:full|its))? colou?r\\b`,
    always(adjustment('desaturate', {}, 'background')),
  ),
  cue(
    `\\b(?:keep|leave|only|just)(?: only| just)? (?<thing>(?!everything|all|it\\b).+?)(?: (?:left|stays?|stay|kept))?(?: in)? colou?r(?:ed|ful)?(?:,? (?:and|with|but))?(?: (?:make|turn|the rest|everything else|everything|all else|rest|all the rest|going?|in|is|be|to))*(?: ${monochrome})?$`,
    always(adjustment('desaturate', {}, 'background')),
  ),
  cue(
    `\\b(?:in|to|into|as|go(?:es)?|an?|old(?: fashioned)?|classic)? ?\\b${monochrome}(?: (?:version|look|photo|picture|effect|one|style))?\\b`,
    always(adjustment('desaturate')),
  ),
  cue(
    '\\b(?:take|drain|suck|knock|strip|remove|bleed|pull)(?:ed|s)?(?: (?:out|about|around|roughly|approximately))* (?:half|most|some|a (?:third|quarter|bit|little|lot)|two thirds) (?:of )?(?:the |its |their |his |her )?colou?rs?(?: (?:out|away))?(?: (?:of|from|in|on))?\\b',
    always(adjustment('desaturate', { amount: 0.5 })),
  ),
  cue(
    '\\b(?:take|drain|suck|knock|strip|remove|bleed|wash|pull|lose|drop|bleach|get|fade|kill)(?:ed|s)? (?:out )?(?:all )?(?:of )?(?:the )?colou?rs?(?: (?:right|all|completely))?(?: (?:out of|out|from|off|away from|in|of|on))?\\b',
    always(adjustment('desaturate')),
  ),
  cue(
    '\\b(?:take|drain|suck|strip|pull) (?<thing>.+?)(?: of)? (?:all )?(?:of )?(?:its |the |their |his |her )?colou?r\\b',
    always(adjustment('desaturate')),
  ),
];

const sharpen: readonly Cue[] = [
  cue(
    '\\b(?:sharpen(?:ed|ing)?|crispen|crisp)(?: up)?(?: the (?:detail|details) (?:of|in|on))?\\b',
    always(adjustment('sharpen')),
  ),
  cue(
    '\\b(?:sharper|crisper|more (?:sharp|crisp|in focus|defined|detailed)|in(?:to)? (?:sharper )?focus|less (?:fuzzy|soft|mushy|blurry|blurred))\\b',
    always(adjustment('sharpen')),
  ),
  cue(
    '\\b(?:bring out|more (?:bite|punch|pop)? ?(?:on|in|to)?|enhance|boost|up|increase|improve|add(?: more)?)(?: the)? (?:fine )?(?:details?|sharpness|texture|definition|clarity|crispness)(?: (?:of|in|on|to))?\\b',
    always(adjustment('sharpen')),
  ),
  cue(
    "\\bmore (?:bite|detail|definition|crispness|sharpness|clarity)(?: (?:on|in|to|for))?(?<thing> .+?)?(?:'s detail| detail|$)",
    always(adjustment('sharpen')),
  ),
];

const privacy =
  '(?:faces?|identit(?:y|ies)|eyes|(?:number |licen[cs]e )?plates?|names?|(?:name )?(?:badges?|tags?)|(?:phone )?numbers?|address(?:es)?|logos?|signs?|passwords?|text|writing|screens?|cards?|labels?)';
const pixelate: readonly Cue[] = [
  cue(
    '\\b(?:pixel+(?:ate|ize|ise)(?:d|s)?|pixel+ating|mosaic(?:ed)?|censor(?:ed)?|anonymi[sz]e(?:d)?|redact(?:ed)?)(?: (?:out|over))?\\b',
    always(adjustment('pixelate')),
  ),
  cue(
    '\\b(?:made |make |rendered )?(?:unreadable|illegible|unrecogni[sz]able|not (?:be )?(?:readable|recogni[sz]able))(?:,? (?:with )?(?:pixels?|blur|mosaic)(?: or (?:pixels?|blur|mosaic))?)?\\b',
    always(adjustment('pixelate')),
  ),
  cue(
    '\\b(?:put|add|apply|stick|throw|do)?\\b ?(?:an?|some|the)? ?(?:pixels|pixel effect|pixelation|mosaic|censor bar)(?: effect)?(?: (?:on|over|to|across))?\\b',
    always(adjustment('pixelate')),
  ),
];

const hide: readonly Cue[] = [
  cue(
    `\\b(?:hide|obscure|conceal|cover(?: up)?|mask(?: out| off)?|block(?: out| off)|blank(?: out)?|scramble|disguise|protect|shield)\\b(?=.*\\b${privacy}\\b)`,
    always(adjustment('pixelate')),
  ),
];

const blur: readonly Cue[] = [
  cue(
    "\\b(?:blur+(?:red|ring|ry|rier)?|defocus(?:ed)?|unfocus(?:ed)?|out of focus|soften(?:ed)?|softer|fuzz(?:y|ed)?|bokeh|soft (?:and )?(?:dreamy|blurry|hazy|fuzzy)|dreamy|soft focus|hazy|smudge(?:d)?)(?: (?:out|up|effect))?(?: (?:on|over|to))?(?:,? [\\w' ]*\\bportrait mode\\b[\\w ']*)?\\b",
    always(adjustment('blur')),
  ),
];

const filled =
  (region?: 'background') =>
  ({ colour }: Readonly<Record<string, string | undefined>>): Act | undefined => {
    const shade = colourOf(colour);
    return shade === undefined ? undefined : adjustment('fill', { colour: shade }, region);
  };
const fill: readonly Cue[] = [
  cue(`\\b(?<colour>black|white|grey|gray|red)(?:s|ed|ing|d|ing)?(?:[- ]out|ing out|ed out)\\b`, filled()),
  cue(
    `\\b(?:on(?:to)?|against|with|in front of|over|have)?\\b ?${anyColour},? ${backdrop}(?: (?:for|behind|on|to))?\\b`,
    filled('background'),
  ),
  cue(
    `\\b${backdrop}\\b(?: (?:of|behind|around) (?<thing>.+?))?(?: (?:should|needs to|must|has to|to|can|could|is to|ought to))?(?: (?:be|go|become|made))?,? ${anyColour}(?: (?:all over|throughout|please))?$`,
    filled('background'),
  ),
  cue(
    `\\b(?:fill(?:ed)?|flood(?:ed)?|cover(?:ed)?|plaster|block(?:ed)? out|paint over|blank out|mask)(?: (?:in|over|up))? (?<thing>.+?) (?:with|in|by|using|under|behind) ${anyColour}(?: (?:box|rectangle|square|patch|fill))?`,
    ({ colour, thing }) => {
      const shade = colourOf(colour);
      return shade === undefined || thing === undefined ? undefined : adjustment('fill', { colour: shade });
    },
  ),
  cue(
    `\\b(?:put|place|stick|slap|pop|draw|add|throw|use|paint|have|whack|bung|lay|drop)(?: (?:an?|some))? ${anyColour} (?:box|rectangle|square|patch|block|bar|fill) (?:over|on|across|on top of) (?<thing>.+)$`,
    filled(),
  ),
];

const clear: readonly Cue[] = [
  cue(
    `\\b(?:transparent|see-?through|no|clear) ${backdrop}(?: (?:on|for|behind|around|to))\\b`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `\\btransparent (?:cut-?out|png|version|sticker|image|picture)(?: (?:of|with|from))?\\b`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `\\b(?:just|only|nothing but) (?<thing>.+?) (?:with|on) (?:an? |everything (?:around|else|behind)(?: it| him| her| them)? )?transparent(?: ${backdrop})?`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `\\b(?<thing>.+?) (?:on|with) (?:an? )?(?:transparent|see-?through|no|clear|empty) ${backdrop}`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `\\b(?:remove|cut|drop|knock|take|strip|delete|erase|clear|get|lose|wipe|ditch|kill|chop|throw|zap)(?:ped|d)?(?: (?:out|away|off|rid of))*(?: (?:all|all of|completely|entirely))? (?:everything|anything|all)(?: (?:that|which) (?:isn't|is not|'s not|ain't)| (?:but|except(?: for)?|apart from|besides|around|behind|other than|bar|save for)) (?<thing>.+)$`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `\\b(?:(?:remove|cut|drop|knock|take|strip|delete|erase|clear|get rid of|get|lose|wipe|ditch|kill|chop)(?: (?:out|away|off|rid of))* (?:the |its |his |her |that |whole |entire |all the |all of the )*${backdrop}(?: (?:out|away|off|gone))*)(?: (?:completely|entirely|altogether))?(?: (?:behind|from|of|around|for))?\\b`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue('\\b(?:fully |completely |totally )?(?:transparent|see-?through|invisible)\\b', always(adjustment('clear'))),
  cue(`\\b(?:no|without (?:the|a|any)) ${backdrop}\\b`, always(adjustment('clear', {}, 'background'))),
];

const brighter =
  '(?:bright(?:en(?:ed|ing)?|er)|light(?:en(?:ed|ing)|er|en)|more bright|light(?:en)? up|lit up|more light(?: (?:on|to|in|for))?|less (?:dark|dim|gloomy|murky))';
const darker =
  '(?:dark(?:en(?:ed|ing)?|er)|dim(?:med|ming|mer)?|tone(?:d)? down|less (?:bright|light|washed[- ]out|overexposed|blown[- ]out|harsh|glaring|blinding|shiny)|more dark|gloomier|moodier|turn(?:ed)? down the (?:brightness|light))';
const brightness = '(?:brightness|exposure|lights?|lighting|light levels?)';
const brighten: readonly Cue[] = [
  cue(
    `\\b(?:bring|turn|crank|bump|push|raise|increase|lift|boost|put|up|take)(?: up)? (?:the )?${brightness}(?: (?:up|of|on|in|for))*\\b`,
    always(adjustment('brighten', { amount: 0.35 })),
  ),
  cue(
    `\\b(?:bring|turn|take|push|lower|reduce|decrease|drop|knock)(?: down)? (?:the )?${brightness}(?: (?:down|of|on|in|for|back))*\\b`,
    always(adjustment('brighten', { amount: -0.35 })),
  ),
  cue(`\\b${brighter}(?: up)?\\b`, always(adjustment('brighten', { amount: 0.35 }))),
  cue(
    `\\b(?:tone|bring|turn)(?<thing> .+?) (?:down)(?: in brightness)?\\b`,
    always(adjustment('brighten', { amount: -0.35 })),
  ),
  cue(`\\b(?:bring|lift)(?<thing> .+?) up\\b`, always(adjustment('brighten', { amount: 0.35 }))),
  cue(`\\b(?:${darker}|dark$)(?: down)?\\b`, always(adjustment('brighten', { amount: -0.35 }))),
];

/**
 * All signs in English, the surest first: what names its operation outright before what could be something else, colours
 * before taking away ("take the colour out of it"), and words that do for several things last.
 */
export const englishCues: readonly Cue[] = [
  ...straighten,
  ...crop,
  ...desaturate,
  ...outline,
  ...sharpen,
  ...pixelate,
  ...blur,
  ...clear,
  ...fill,
  ...hide,
  ...brighten,
  ...replace,
  ...segment,
  ...recolour,
  ...detect,
  ...remove,
];
