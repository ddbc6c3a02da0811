const little =
  '(?:just )?(?:ever so |only )?(?:a (?:tiny |little |wee |teeny |small )?(?:bit|touch|tad|shade|smidge|smidgen|notch|hair|fraction|little)|slightly|gently|somewhat|subtly|a little|some|by a (?:bit|touch))(?: (?:more|less))?';
const lot =
  '(?:quite )?(?:a (?:good |whole |fair )?(?:lot|bunch|load|ton)|loads|lots|tons|heaps|much|way|far(?! (?:left|right|side|end|corner|top|bottom|away|from|back)\\b)|considerably|really|very(?! (?:top|bottom|left|right|middle|end|back|front|first|last)\\b)|super|strongly|heavily|a good deal|quite a bit|plenty)(?: more)?';
const percent = /(?:by )?(\d{1,3}) ?(?:%|percent)/i;
const words = new RegExp(`\\b(?:(?<little>${little})|(?<lot>${lot}))\\b`, 'i');

/** Takes the words of degree out of a clause: how much, 0..1, and what is left. */
export function takeAmount(text: string): { readonly amount: number | undefined; readonly rest: string } {
  const figure = percent.exec(text);
  if (figure) return { amount: Math.min(1, Number(figure[1]) / 100), rest: text.replace(percent, ' ') };
  const match = words.exec(text);
  if (!match) return { amount: undefined, rest: text };
  return { amount: match.groups?.lot === undefined ? 0.18 : 0.65, rest: text.replace(words, ' ') };
}
