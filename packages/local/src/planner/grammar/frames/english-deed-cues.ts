import { always, cue } from './cue.ts';
import { anyColour, colourOf } from './english-colour.ts';
import { type Act, adjustment, type Cue } from './frame.ts';

const picture = '(?:picture|photo|photograph|image|pic|shot|snap|scene|frame)';

const painted = ({ prompt }: Readonly<Record<string, string | undefined>>): Act | undefined =>
  // "a warm beige" is painted over, not in its place.
  prompt === undefined || new RegExp(`^${anyColour}$`, 'i').test(prompt.trim())
    ? undefined
    : { kind: 'replace', prompt: prompt.trim() };
const article = '(?:an?|some|another|one|two|the)';
export const replace: readonly Cue[] = [
  cue(`\\b(?:make|have|let|get) (?<thing>.+?) (?:to )?(?:look|seem|appear)(?: more)? like (?<prompt>.+)$`, painted),
  cue(
    `\\b(?:replac(?:e|ed|ing)|swap(?:ped|ping)?(?: out| over)?|switch(?:ed)?(?: out| over)?|substitut(?:e|ed)|exchange(?:d)?|trade(?:d)?)\\b(?<thing>.*?) (?:with|for|by|to|into) (?<prompt>.+)$`,
    painted,
  ),
  cue(
    `\\b(?:turn(?:ed)?|change(?:d)?|transform(?:ed)?|convert(?:ed)?|morph(?:ed)?|make) (?<thing>.+?) (?<!\\b(?:next|close|closer|closest|nearer|nearest|adjacent) )(?:in)?to (?<prompt>${article} .+)$`,
    painted,
  ),
  cue(
    `\\b(?:put|place|stick|pop|have|paint|draw|add|i want|i'd like|i'd rather have|i'd prefer|insert|drop) (?<prompt>${article} .+?) (?:there |in |over there )?(?:instead of|in place of|in the place of|rather than) (?<thing>.+)$`,
    painted,
  ),
  cue(
    `\\b(?:put|place|stick|pop|paint|draw|insert|have) (?<prompt>${article} .+?) where (?<thing>.+?) (?:is|are|was|were|used to be|stands?|sits?)$`,
    painted,
  ),
  cue(
    `\\b(?:put|place|stick|pop|paint|draw|insert|have|want) (?<prompt>${article} .+?) (?:there|in there|in its place|in that spot|over it|instead)(?: instead)?$`,
    painted,
  ),
  cue(
    `\\b(?:instead of|in place of|rather than) (?<thing>.+?),? (?:i want|i'd like|put|have|paint|give me|there should be) (?<prompt>${article} .+)$`,
    painted,
  ),
  cue(
    `\\b(?<thing>.+?) (?:could|should|can|ought to|is to|to) (?:be|become|turn into) (?<prompt>an? (?!(?:bit|touch|tad|shade|notch|lot)\\b|little \\w+er\\b).+?)(?: instead)?$`,
    painted,
  ),
  cue(
    `\\b(?:could|can|should|make|let) (?<thing>.+?) (?:be |become )?(?<prompt>an? (?!bit|little|touch|tad|shade|notch).+?) instead$`,
    painted,
  ),
  cue(
    `\\bmake (?<thing>(?:the|that|this|my|his|her) [\\w -]+?|it) (?<prompt>an? (?!bit|little|touch|tad|shade|notch|lot)(?:\\w+ ){0,3}\\w+)$`,
    painted,
  ),
];

const recolourWords =
  '(?:make|made|turn(?:ed)?|paint(?:ed|ing)?|repaint(?:ed|ing)?|re-?colou?r(?:ed|ing)?|colou?r(?:ed)?|dye(?:d)?|tint(?:ed)?|change(?:d)?|spray(?:ed)?|go(?:es)?|switch(?:ed)?)';
export const recolour: readonly Cue[] = [
  cue(`\\b(?:give|get) (?<thing>.+?) (?:an? )?(?:coat|splash|lick|touch) of ${anyColour}`, coloured),
  cue(`\\b${recolourWords}\\b(?<thing>.*?)(?:'s)? (?:colou?r )?(?:from [\\w-]+ )?(?:in)?to ${anyColour}$`, coloured),
  cue(
    `(?:,? (?:would|might|could|'d) look (?:so much |much |a lot |way |far )?(?:nicer|better|great|good|lovely|nice|cool) (?:in )?)${anyColour}(?:,? don't you think)?$`,
    coloured,
  ),
  cue(`,? (?:go|do|try|make)(?: (?:with|for|it|that|them))?(?: in)? ${anyColour}$`, coloured),
  cue(`\\b(?:same )?(?<thing>.+?),? (?:in|to) ${anyColour}(?: (?:also|too|as well|please|instead))*$`, coloured),
  cue(`\\b${anyColour}(?: (?:also|too|as well|please|instead|all over|so it goes with .+|like .+))*$`, coloured),
];
function coloured({ colour }: Readonly<Record<string, string | undefined>>): Act | undefined {
  const shade = colourOf(colour);
  return shade === undefined ? undefined : adjustment('recolour', { colour: shade });
}

export const segment: readonly Cue[] = [
  cue(
    '\\b(?:separate|isolate|extract|lift) (?<thing>.+?)(?: out)? (?:from|off) (?:the )?(?:rest|everything(?: else)?|background|picture|photo|others)\\b',
    always({ kind: 'segment' }),
  ),
  cue(
    "\\b(?:(?:need|want|make|create|give me|get me|do me|do|have|draw|i'd like)(?: me)? )?(?:an?|the|just the|just a) (?:(?:clean|precise|exact|tidy|accurate|nice|proper|good|quick) )*(?:mask|cut-?out|selection|silhouette)(?: (?:of|for|around|from))?\\b",
    always({ kind: 'segment' }),
  ),
  cue(
    '\\b(?:cut|snip|clip|lift|pull|mask|carve)(?:ped)?(?<thing> .+?) out\\b(?! of (?:the|this|my|here|there))',
    always({ kind: 'segment' }),
  ),
  cue(
    '\\b(?:cut ?out|snip(?: out)?|clip out|select(?:ed)?|isolate(?:d)?|extract(?:ed)?|segment(?:ed)?|mask(?: out)?|lift out|separate(?: out)?)\\b',
    always({ kind: 'segment' }),
  ),
];

export const detect: readonly Cue[] = [
  cue('\\b(?:point|pick|single|spy) (?<thing>.+?) out\\b', always({ kind: 'detect' })),
  cue(
    '\\b(?:help me (?:to )?)?(?:find(?: me)?|spot|locate|detect|point(?: me)? (?:out|to|at|towards)|mark(?: out| up)?|highlight|identify|pick out|seek out|look for|search for|hunt(?: down| for)?|track down|show me(?: where)?|show(?: us)?(?: where)?|box)\\b(?: (?:where|all of))?',
    always({ kind: 'detect' }),
  ),
  cue('\\bput (?:an? )?(?:box(?:es)?|marks?|markers?) (?:on|around|round|over)\\b', always({ kind: 'detect' })),
];

const gone =
  '(?:gone|removed|erased|deleted|taken (?:out|away|off|down)|wiped(?: out)?|edited out|cut|out(?: of (?:here|there|it|the (?:picture|photo|shot|image|way|frame)))?|off|away|disappear(?:ed)?|vanish(?:ed)?|cleaned up|photoshopped out|out of (?:there|here|the (?:shot|picture|photo|frame|way)))';
const out =
  '(?:out of (?:shot|frame|view|sight|there|here|it|this|the (?:way|shot|picture|photo|frame|image|scene))|out|off|away|down|from (?:there|here|view)|gone)';
export const remove: readonly Cue[] = [
  cue('\\b(?:clean|tidy|clear|mop|pick|sweep|hoover|scoop|gobble)(?<thing> .+?) up\\b', always({ kind: 'remove' })),
  cue(
    '\\b(?:remov(?:e|ed|ing)|delet(?:e|ed|ing)|eras(?:e|ed|ing)|get(?:ting)? rid of|eliminate|ditch|zap|nuke|do away with|rub out|paint(?:ed)? over|get shot of|scrub(?: out)?|wipe(?: (?:out|away|off))?|dispose of|airbrush(?:ed)?(?: out)?|edit out|photoshop out|clone out|take(?:n)? (?:away|out|down|off)|clean (?:up|off|away)|clear (?:up|off|away|out)|tidy (?:up|away)|pull out|pluck out|whip out|chuck out|kick out|cut away|drop away|snip off|pick (?:up|off)|throw (?:out|away)|vanish)\\b',
    always({ kind: 'remove' }),
  ),
  cue(
    `\\b(?:take|get|wipe|rub|edit|clear|photoshop|airbrush|clone|whip|pull|scrub|clean|cut|chuck|kick|throw|move|brush|tidy|peel|pluck|have|want|keep|crop)(?<thing> .+?) ${out}(?: of (?:the|this) ${picture})?\\b`,
    always({ kind: 'remove' }),
  ),
  cue(
    `\\b(?:take|get|wipe|clean|peel|pull|scrub|brush|edit|rub|move|clear)(?<thing> (?!it\\b).+?) (?:off|out of|from|away from) (?:the|my|his|her|its|their|this|that|our) .+$`,
    always({ kind: 'remove' }),
  ),
  cue(
    '\\b(?:lose|bin|drop|kill|scrap|junk|trash|hide|banish|evict|chuck|boot|axe|cut)(?= )',
    always({ kind: 'remove' }),
  ),
  cue(
    '\\b(?:has|have|needs?|ought|got|gotta|must|should|can|wants?|is|are)(?: got)?(?: to)? (?:go(?: away)?|come out|come off|vanish|disappear|leave)\\b',
    always({ kind: 'remove' }),
  ),
  cue(
    `\\b(?:make|i want|want|i'd like|i need|like|have) (?<thing>.+?) (?:to )?(?:be )?${gone}$`,
    always({ kind: 'remove' }),
  ),
  cue(`(?<thing>.+?),? ${gone}$`, always({ kind: 'remove' })),
  cue(
    "\\b(?:i )?(?:don't want|do not want|don't need|no more|could do without|can do without|without|would rather not have)\\b(?=.*(?:in (?:it|there|here|the (?:picture|photo|shot|frame|image))|there|showing|$))",
    always({ kind: 'remove' }),
  ),
];
