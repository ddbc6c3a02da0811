import { EventEmitter, once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { Mask } from '@atelier/sdk/image';
import { expect, it, onTestFinished } from 'vitest';
import { mostAtWorkOfAll } from '../../jobs/in-process/in-process-options.ts';
import { Slots } from '../../jobs/in-process/slots.ts';
import { caller, photo, sharedData } from './__fixtures__/conversations.ts';
import { Gate } from './gate.ts';
import { InProcessWorkshop } from './in-process-workshop.ts';

it('a picture that was seen is not decoded to say how large it is, and is missed when its file is gone', async () => {
  const data = await sharedData();
  onTestFinished(() => data.close());
  const { id } = await data
    .process()
    .of(caller('a'))
    .takeBytes(await photo('coffee.png'));
  const other = data.process().of(caller('b'));
  const assets = join(data.folder, 'assets', 'default');
  const [name] = (await readdir(assets)).filter((each) => each.startsWith(id));
  const path = join(assets, String(name));
  await writeFile(path, 'nothing that could be decoded');
  expect(await other.picture(id)).toEqual({ id, width: 600, height: 400 });
  expect(await other.recentPictures()).toEqual([{ id, width: 600, height: 400 }]);
  await rm(path);
  expect(await other.recentPictures()).toEqual([]);
  await expect(other.picture(id)).rejects.toMatchObject({ code: 'not-found' });
});

it('pictures and masks are decoded in their turn', async () => {
  const studio = atelier({ backends: [local({ threads: 1 })] });
  onTestFinished(() => studio.close());
  const gates = { intake: new Gate({ atOnce: 1, mostWaiting: 9 }), calls: new Gate({ atOnce: 1, mostWaiting: 9 }) };
  const workshop = new InProcessWorkshop({
    ...gates,
    scope: 'default',
    session: 'here',
    approve: 'never',
    studio: async () => studio,
    folder: undefined,
    jobs: new Slots(mostAtWorkOfAll),
  });
  // Stored by somebody else: the index knows nothing of it.
  const { id } = await studio.session().addImage(await photo('two-cups.png'));
  const input = { image: id, phrase: 'the left cup' };
  const { output } = await workshop.call({ tool: 'segment_object', input, language: 'en' });
  const others = new EventEmitter();
  const busy = gates.intake.run('others', () => once(others, 'done'));
  const ended: string[] = [];
  const all = [
    workshop.picture(id).then(() => ended.push('picture')),
    workshop.mask(String(output.mask)).then((rle) => ended.push(Mask.fromRle(rle).area > 0 ? 'mask' : 'nothing')),
  ];
  await sleep(100);
  expect(ended).toEqual([]);
  others.emit('done');
  await Promise.all([busy, ...all]);
  expect(ended.sort()).toEqual(['mask', 'picture']);
});
