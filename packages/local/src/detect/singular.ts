const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  gentlemen: 'gentleman',
  children: 'child',
  mice: 'mouse',
  geese: 'goose',
  oxen: 'ox',
  dice: 'die',
};

/** The forms an English word or phrase may have in the singular, itself first; only its last word is changed. */
export function singularForms(phrase: string): readonly string[] {
  const start = phrase.lastIndexOf(' ') + 1;
  const word = phrase.slice(start);
  return [...new Set([word, ...singularWords(word)])].map((form) => phrase.slice(0, start) + form);
}

function singularWords(word: string): readonly string[] {
  const known = irregular[word];
  if (known) return [known];
  const cut = (length: number, ending = '') => word.slice(0, -length) + ending;
  if (word.endsWith('ss') || !word.endsWith('s') || word.length < 3) return [];
  if (word.endsWith('ies')) return [cut(3, 'y'), cut(1)];
  if (word.endsWith('ves')) return [cut(3, 'fe'), cut(3, 'f'), cut(1)];
  if (word.endsWith('es')) return [cut(1), cut(2)];
  return [cut(1)];
}
