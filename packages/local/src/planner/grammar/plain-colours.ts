/** Shades that are called after things, by the colour names that the tools know. */
const shades: Readonly<Record<string, string>> = {
  forest: 'dark', bottle: 'dark', racing: 'dark', hunter: 'dark', pine: 'dark', moss: 'dark', sage: 'pale', emerald: 'bright',
  apple: 'light', sea: 'pale', seafoam: 'pale', grass: 'bright', pea: 'light', leaf: '', army: 'dark', jade: '', pistachio: 'pale',
  cobalt: '', royal: '', midnight: 'dark', baby: 'light', powder: 'pale', electric: 'bright', ocean: 'dark', steel: 'pale',
  slate: 'dark', denim: 'dark', petrol: 'dark', ice: 'pale', cornflower: 'light', duck: 'pale', brick: 'dark', cherry: '',
  blood: 'dark', ruby: 'dark', fire: 'bright', 'fire engine': 'bright', tomato: '', rose: 'pale', wine: 'dark', hot: 'bright', blush: 'pale',
  dusty: 'pale', candy: 'bright', bubblegum: 'bright', salmon: 'light', lemon: 'bright', sunshine: 'bright', canary: 'bright', butter: 'pale',
  mustard: 'dark', honey: 'dark', burnt: 'dark', tangerine: 'bright', pumpkin: '', chocolate: 'dark', coffee: 'dark', chestnut: 'dark', walnut: 'dark',
  snow: '', snowy: '', pure: '', jet: '', coal: '', ash: 'light', dove: 'light', stone: 'light', smoke: 'dark', plum: 'dark', royalty: '', warm: '', cool: '',
};
const bases = 'green|blue|red|pink|yellow|orange|purple|brown|grey|gray|white|black';
const shaded = new RegExp(`(?<!\\b(?:the|this|that|my|some|all) )\\b(?<shade>${Object.keys(shades).sort((one, other) => other.length - one.length).join('|')})[ -](?<base>${bases})\\b`, 'gi');
const single: Readonly<Record<string, string>> = {
  emerald: 'bright green', crimson: 'dark red', scarlet: 'bright red', ruby: 'dark red', rust: 'dark orange', terracotta: 'dark orange',
  ochre: 'mustard', lime: 'lime', plum: 'dark purple', aubergine: 'dark purple', mauve: 'light purple', cobalt: 'blue', sage: 'pale green', rose: 'light pink',
  blush: 'pale pink', bronze: 'brown', copper: 'dark orange', chocolate: 'dark brown', caramel: 'tan', ebony: 'black', jet: 'black', amber: 'mustard', jade: 'green',
};
/** A shade that is the colour asked for, at the end: "in emerald", "make it crimson". */
const alone = new RegExp(`\\b(?<=(?:in|to|into|it|a|an|deep|dark|light|bright) )(?<name>${Object.keys(single).join('|')})(?= (?:also|too|please|instead|colou?r)|$)`, 'i');

/** A clause with "forest green" as "dark green": colours by the names that the tools know. */
export const withPlainColours = (text: string): string =>
  text
    .replace(shaded, (_, shade: string, base: string) => `${shades[shade.toLowerCase()]} ${base}`.trim())
    .replace(alone, (name) => single[name.toLowerCase()] ?? name);
