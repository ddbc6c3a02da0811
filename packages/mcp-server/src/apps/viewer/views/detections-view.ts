import { boxLayer } from '../parts/boxes.ts';
import { pictureElement, stage } from '../parts/picture.ts';
import { thingList } from '../parts/thing-list.ts';
import type { Thing } from '../result/shown.ts';
import { fill } from '../text/strings.ts';
import type { View, ViewContext } from './view.ts';

/** What was found, in the picture and in a list that light each other up. */
export async function detectionsView(things: readonly Thing[], context: ViewContext): Promise<View> {
  const { words, call, sources } = context;
  const plain = await sources.picture(call.image);
  const shown = plain ?? (await sources.picture(undefined, context.picture));
  const size = shown && (await sources.size(call, call.image));
  const layers = size ? [boxLayer(things, { size, isPainted: !plain })] : [];
  return {
    title: things.length === 0 ? words.foundNone : fill(words.found, { count: things.length }),
    main: shown && stage(shown, pictureElement(shown, ''), ...layers),
    side: things.length === 0 ? [] : [thingList(things, words)],
  };
}
