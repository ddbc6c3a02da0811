const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  kids: 'kid',
  mice: 'mouse',
  feet: 'foot',
  teeth: 'tooth',
  geese: 'goose',
  oxen: 'ox',
  shoes: 'shoe',
  toes: 'toe',
  horses: 'horse',
  houses: 'house',
  vases: 'vase',
  noses: 'nose',
  roses: 'rose',
  cookies: 'cookie',
  movies: 'movie',
  ties: 'tie',
  pies: 'pie',
  zombies: 'zombie',
  hoodies: 'hoodie',
  loaves: 'loaf',
  leaves: 'leaf',
  knives: 'knife',
  wolves: 'wolf',
  shelves: 'shelf',
  scarves: 'scarf',
  calves: 'calf',
  axes: 'axe',
};

/** Words that end like a plural and are none, or that name one thing by a plural. */
const unchanged =
  /(?:leftovers|ss|us|is|news|lens|glasses|sunglasses|goggles|scissors|pants|trousers|jeans|shorts|tights|leggings|pyjamas|pajamas|headphones|earphones|binoculars|pliers|tweezers|clothes|stairs|skis|chess|gas|series|species|canvas|atlas|christmas|kansas|texas)$/;

/** The singular of the last word, and whether it was a plural: `{ word: 'red cup', plural: true }` for "red cups". */
export function toSingular(noun: string): { readonly word: string; readonly plural: boolean } {
  const [, before = '', last = noun] = /^(.*\s)?(\S+)$/.exec(noun) ?? [];
  const one = singularWord(last);
  return { word: before + one, plural: one !== last };
}

function singularWord(word: string): string {
  const known = irregular[word];
  if (known) return known;
  const compound = /^(.+)(men|women|people|children)$/.exec(word);
  if (compound) return compound[1] + irregular[compound[2]];
  if (unchanged.test(word) || !/[a-z]s$/.test(word) || word.length < 4) return word;
  if (/(?:ch|sh|x|ss|zz|tomato|potato)es$/.test(word)) return word.slice(0, -2);
  if (/bus+es$/.test(word)) return word.replace(/s?es$/, '').replace(/bu$/, 'bus');
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return word.slice(0, -1);
}
