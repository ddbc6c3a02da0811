/** Single words that begin something the planner can do: what a mistyped verb is compared with. */
export const usefulVerbs: readonly string[] =
  'remove erase delete eliminate wipe take drop replace swap substitute exchange switch change turn transform convert make put paint repaint colour color recolour recolor dye tint blur pixelate censor brighten lighten darken soften fill cover increase decrease raise lower reduce boost find detect show locate spot highlight identify mark segment select isolate extract crop cut outline generate draw create sketch undo revert open load hide describe count'.split(
    ' ',
  );

const otherVerbs =
  'get rid of|get|rub|edit|photoshop|clear|morph|place|insert|pixellate|dim|sharpen|desaturate|set|add|apply|give|point|look for|search for|box|mask|trace|produce|render|design|imagine|cancel|roll|reverse|go back|import|rotate|flip|mirror|move|resize|enlarge|shrink|save|send|keep|redo|obscure|conceal';

/** Words that begin a request, understood or not; what follows "and" without one goes on with the verb before. */
const verb = new RegExp(
  `^(?:(?:slightly|gently|strongly) )?(?:${otherVerbs}|${usefulVerbs.join('|').replaceAll('colour|color', 'colou?r')})(?= |$)`,
  'i',
);

/** The verb that the words begin with. */
export const leadingVerb = (words: string): string | undefined => verb.exec(words)?.[0];

/** Whether the words are a request of their own: a verb and something to do it to, or an undo. */
export const beginsRequest = (words: string): boolean => {
  const found = leadingVerb(words);
  return found !== undefined && (found.length < words.length || /^(?:undo|revert|go back)$/i.test(words));
};
