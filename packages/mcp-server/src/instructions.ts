import type { McpSettings } from './options.ts';

/** For the model: how the tools belong together, and where pictures come from. Hosts send this with each conversation. */
export function instructions({ roots, output, uploads }: McpSettings): string {
  return [
    'Atelier looks at and edits pictures. Pictures are named by ids (img_...); every edit makes a new picture with a new id, and changes nothing outside its mask.',
    'For a whole request in words ("replace the dog on the left with a cat") call edit_image: it plans, edits and checks its own work. For one step call the tool for it.',
    'Where a result has needs: "choice", several things fit, or something else was seen than what was asked for: show the person the numbered picture and ask; never choose for them. Report an edit as done only if its `verified` says ok; otherwise say what the check found.',
    ...(uploads ? ['Files of the person come in through create_upload.'] : []),
    // Over HTTP the folders are the operator's: their names are no business of callers.
    ...(roots.length > 0 && !uploads
      ? [`Pictures may be read by their paths in ${roots.join(', ')}; a name inside one of them will do.`]
      : []),
    ...(output !== undefined ? ['save_image writes files; nothing else leaves the server.'] : []),
  ].join('\n');
}
