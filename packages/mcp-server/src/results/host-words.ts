import type { AtelierError } from '@atelier/sdk/errors';
import type { McpSettings } from '../options.ts';

const addBackend =
  'Whoever runs this server can add a backend that can: start it with --backend URL of a Triton server.';
const nameFile = 'Name the file by its absolute path, or the picture by its id.';

/** What the SDK says to programmers, and what that is for a host's model and the person before it. */
const translations: readonly (readonly [string | RegExp, string])[] = [
  ['session.graph() lists every edit.', 'Results of edits have their ids; atelier://sessions/ID/history lists them.'],
  ['Give it one: session.addImage(...).', 'Give `image`: an id, or the absolute path of a file.'],
  ['Give the session a picture first.', 'Give `image`: an id, or the absolute path of a file.'],
  ["Its edits are in the session's graph (goTo);", 'Its edits are in atelier://sessions/ID/history;'],
  [/Give the picture to the session, or allow folders with `roots` \(CLI: [^)]*\)\./g, nameFile],
  ['Check the path; relative paths start at the current folder.', 'Check the path.'],
  [
    /Download the picture and pass the file, or allow (?:URLs|this address) in the settings\./g,
    'Download the picture and name the file, or have its server allowed: --url-host HOST.',
  ],
  ['Open one (“open photos/cup.png”) or ask', 'Give `image` (an id, or the absolute path of a file) or ask'],
  ['사진을 열거나 (“photos/cup.png 열어줘”)', '`image`에 사진(id나 절대 경로)을 주거나'],
  [/^These could: .+\.$/gm, addBackend],
  [/^Use one of the words it knows, or add .+\.$/gm, `Use one of the words it knows. ${addBackend}`],
  ['raise maxSeconds', 'ask for less at once'],
];

/** The text as it helps in a host. */
export const hostWords = (text: string): string =>
  translations.reduce((left, [words, other]) => left.replaceAll(words, other), text);

/** Most words of a vocabulary that are listed. */
const mostWords = 120;

/** What else a model needs to go on, beyond the error's own hint. */
export function moreHints(
  { code, message, details }: AtelierError,
  { roots, uploads }: McpSettings,
): readonly string[] {
  if (code === 'phrase-unknown' && Array.isArray(details?.known)) {
    const known = details.known.filter((word) => typeof word === 'string');
    return [`It knows: ${known.slice(0, mostWords).join(', ')}.`];
  }
  // Over HTTP the folders are the operator's; their names are no business of callers.
  const canSay = roots.length > 0 && uploads === undefined;
  if (canSay && (code === 'not-allowed' || message.includes('folders that may be read')))
    return [`Files may be read in: ${roots.join(', ')}.`];
  if (/there is nothing to undo\.$|^There is no edit to undo\.$/.test(message))
    return ['atelier://sessions/ID/history shows every edit, and which of them the current picture rests on.'];
  return [];
}
