const sendPicture = 'Send the picture itself: the `image` field of POST /agent/invoke, or POST /images.';

/** What the SDK says about itself and the command line about its files, and what that is over HTTP. */
const translations: readonly (readonly [string | RegExp, string])[] = [
  ['session.graph() lists every edit.', 'GET /sessions/ID/history lists every edit.'],
  ['Give it one: session.addImage(...).', sendPicture],
  ['Give the session a picture first.', sendPicture],
  [
    "Its edits are in the session's graph (goTo);",
    'Its edits are in GET /sessions/ID/history (POST /sessions/ID/goto);',
  ],
  [/Give the picture to the session, or allow folders with `roots` \(CLI: [^)]*\)\./g, sendPicture],
  ['Copy the picture into an allowed folder, or allow its folder.', sendPicture],
  [
    /Download the picture and pass the file, or allow (?:URLs|this address) in the settings\./g,
    'Send the picture itself, or have its host allowed on the server: ATELIER_IMAGE_HOSTS (imageUrls in code).',
  ],
  ['Open one (“open photos/cup.png”) or ask', 'Send one (the `image` field of POST /agent/invoke) or ask'],
  ['사진을 열거나 (“photos/cup.png 열어줘”)', '사진을 함께 보내거나 (POST /agent/invoke의 `image`)'],
  [
    /^These could: (.+)\.$/g,
    'This server has no backend for it. The operator can add one: $1 (in code), or --backend of atelier serve.',
  ],
  ['raise maxSeconds', 'raise deadlineSeconds'],
];

/** The text as it helps over HTTP: calls of the SDK and files of one's own are not what a caller has at hand. */
export const serverWords = (text: string): string =>
  translations.reduce((left, [words, other]) => left.replaceAll(words, other), text);

/** A hint for errors that come without one. */
export const missingHint = (message: string): string | undefined =>
  /there is nothing to undo\.$|^There is no edit to undo\.$/.test(message)
    ? 'GET /sessions/ID/history shows every edit and where the session is; POST /sessions/ID/goto moves to any of them.'
    : undefined;
