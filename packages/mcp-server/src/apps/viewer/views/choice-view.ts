import { boxLayer } from '../parts/boxes.ts';
import { element } from '../parts/element.ts';
import { pictureElement, stage } from '../parts/picture.ts';
import { thingList } from '../parts/thing-list.ts';
import type { ShownChoice, Thing } from '../result/shown.ts';
import { fill } from '../text/strings.ts';
import type { View, ViewContext } from './view.ts';

/** "Which one?": the candidates in the picture and in a list. */
export async function choiceView({ reason, phrase, things, job }: ShownChoice, context: ViewContext): Promise<View> {
  const { words, canAct, actions, call, sources } = context;
  const choose = canAct ? (thing: Thing) => actions.choose(thing, job) : undefined;
  // A job asks about the picture as it is by then.
  const id = (job && (await sources.current(call.session))) ?? call.image;
  const plain = await sources.picture(id);
  // Where the picture itself cannot be read, the result's own has boxes and numbers painted in.
  const shown = plain ?? (await sources.picture(undefined, context.picture));
  const size = shown && (await sources.size(call, id));
  const layers = size ? [boxLayer(things, { size, onChoose: choose, isPainted: !plain })] : [];
  const pattern = reason === 'ambiguous' ? words.ambiguous : words.noMatch;
  const say = fill(words.sayNumber, { number: things[0]?.number ?? 1 });
  return {
    title: words.chooseTitle,
    tone: 'question',
    lead: fill(pattern, { phrase, count: things.length }),
    main: shown && stage(shown, pictureElement(shown, ''), ...layers),
    side: [
      thingList(things, words, choose),
      element('p', { class: 'hint' }, choose ? words.chooseHint : fill(words.noTools, { words: say })),
    ],
    onKey: (key) => {
      const thing = things.find(({ number }) => String(number) === key);
      if (thing) choose?.(thing);
    },
  };
}
