const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  mouse: 'mice',
  sheep: 'sheep',
  scissors: 'scissors',
  skis: 'skis',
  knife: 'knives',
  bus: 'buses',
};

/** English plural of a label by its last word; labels in other letters, and plurals, stay as they are. */
export function plural(label: string): string {
  const [, before = '', last = ''] = /^(.* )?(\S+)$/.exec(label) ?? [];
  if (!/[a-z]$/i.test(last)) return label;
  const special = irregular[last.toLowerCase()];
  if (special !== undefined) return before + special;
  if (/[^su]s$/i.test(last)) return label;
  if (/[^aeiou]y$/i.test(last)) return `${before}${last.slice(0, -1)}ies`;
  return before + last + (/(?:s|x|z|ch|sh)$/i.test(last) ? 'es' : 's');
}
