import { colourPattern, parseColour } from '@atelier/sdk/adjust';

/** Words before a colour that do not change which it is. */
const dressing =
  '(?:(?:an?|the|some|deeper|richer|darker|lighter|brighter|paler|softer|warmer|cooler|stronger|bolder|in|to|into|with|nice|lovely|rich|proper|flat|solid|plain|pure|(?<=\\b(?:in|with|to|into|a|an|be) )one|single|simple|clean|sort of|kind of|different|good|really|cool|beautiful|classic|crisp|shiny|matte|glossy|warm|fresh|subtle|very|quite|strong|whole|old|shade of|bit of) )*';
const noun = '(?:(?:,)? (?:colou?r|colou?red|one|paint|tone|shade|hue|patch|block|instead))*';
const source = `${dressing}(?<colour>${colourPattern})${noun}`;

/** A colour wherever it stands, for cues: the group `colour`. */
export const anyColour = source;

/** The colour as the tools take it; undefined where the words are none. */
export const colourOf = (words: string | undefined): string | undefined =>
  words !== undefined && parseColour(words) ? words.trim().toLowerCase() : undefined;
