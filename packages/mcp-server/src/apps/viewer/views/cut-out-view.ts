import { readRle } from '../mask/sample-mask.ts';
import { element } from '../parts/element.ts';
import { cutOutLayer, outlineLayer } from '../parts/mask-layer.ts';
import { pictureElement, stage } from '../parts/picture.ts';
import { thingList } from '../parts/thing-list.ts';
import { toggle } from '../parts/toggle.ts';
import type { ShownCutOut } from '../result/shown.ts';
import { fill, percent } from '../text/strings.ts';
import type { View, ViewContext } from './view.ts';

/** A thing outlined in its picture, the rest dimmed; or by itself. */
export async function cutOutView(shown: ShownCutOut, context: ViewContext): Promise<View> {
  const { words, call, sources } = context;
  const [plain, rle] = await Promise.all([sources.picture(call.image), sources.mask(shown.mask)]);
  const mask = plain && (await sources.maskFor(shown.mask, plain));
  // Without the mask the result's own picture, which has it tinted.
  const picture = mask ? plain : ((await sources.picture(undefined, context.picture)) ?? plain);
  const size = readRle(rle)?.size;
  const share = size && shown.area !== undefined ? shown.area / (size[0] * size[1]) : undefined;
  const main = picture && stage(picture, pictureElement(picture, ''));
  if (main && picture && mask) {
    main.classList.add('cut');
    main.append(element('div', { class: 'layer veil' }), cutOutLayer(mask, picture), outlineLayer([mask], picture));
  }
  const label = shown.things[0]?.label;
  return {
    title: label === undefined || label === '' ? words.cutOut : `${words.cutOut}: ${label}`,
    lead: share === undefined ? undefined : fill(words.area, { area: percent(share, 1) }),
    main,
    isStacked: shown.things.length <= 1,
    side: [
      shown.things.length > 1 ? thingList(shown.things, words) : undefined,
      main &&
        mask &&
        element(
          'div',
          { class: 'row' },
          toggle(words.cutOutView, (isOn) => main.classList.toggle('alone', isOn)),
        ),
    ],
  };
}
