/** Words that begin a request, understood or not; what follows "and" without one goes on with the verb before. */
const verb =
  /^(?:remove|erase|delete|eliminate|get rid of|get|wipe|take|rub|edit|photoshop|clear|drop|replace|swap|substitute|exchange|switch|change|turn|transform|convert|morph|make|put|place|insert|paint|repaint|colou?r|recolou?r|dye|tint|blur|pixelate|pixellate|censor|brighten|lighten|darken|dim|sharpen|soften|desaturate|fill|cover|increase|decrease|raise|lower|reduce|boost|set|add|apply|give|find|detect|show|locate|point|spot|highlight|look for|search for|identify|mark|box|cut|segment|select|mask|isolate|extract|crop|outline|trace|generate|draw|create|sketch|produce|render|design|imagine|undo|revert|cancel|roll|reverse|go back|open|load|import|rotate|flip|mirror|hide|move|resize|enlarge|shrink|save|send)(?= |$)/i;

/** The verb that the words begin with. */
export const leadingVerb = (words: string): string | undefined => verb.exec(words)?.[0];

/** Whether the words are a request of their own: a verb and something to do it to, or an undo. */
export const beginsRequest = (words: string): boolean => {
  const found = leadingVerb(words);
  return found !== undefined && (found.length < words.length || /^(?:undo|revert|go back)$/i.test(words));
};
