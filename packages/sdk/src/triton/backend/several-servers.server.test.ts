import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { segmentTarget } from '../../capabilities/segment/segment.ts';
import { createVisionContext } from '../../capabilities/vision.ts';
import type { Image } from '../../image/image.ts';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import { rendezvousRank } from '../servers/rendezvous.ts';
import { SpyClient } from './__fixtures__/spy-client.ts';
import { pictureKey } from './picture-bytes.ts';
import { triton } from './triton.ts';

const { python, repository, ...shared } = inject('triton');
let second: LaunchedTriton;
beforeAll(async () => {
  const args = ['--model-control-mode=explicit', '--load-model=sam'];
  second = await launchTriton({ python, repository, args });
});
afterAll(() => second?.stop('SIGKILL'));

const places = [5, 15, 25, 35, 45, 55, 65, 75];

it('sends each picture to one server, and to the other one when that is killed', async () => {
  const client = new SpyClient({ url: [shared, second] });
  const context = createVisionContext([triton({ client })]);
  const pictures = await Promise.all(places.map((x) => squaresOn(120, 90, [{ colour: 'red', x, y: 30, side: 20 }])));
  /** Whether each picture was sent, call by call. One after the other, so that the load of the servers decides nothing. */
  const cutAll = async () => {
    client.calls.length = 0;
    for (const [index, picture] of pictures.entries()) expect(await area(picture, places[index])).toBe(400);
    return client.calls.map(({ request }) => Object(request.inputs.IMAGE.data[0]).length > 0);
  };
  const area = async (image: Image, x: number) => {
    const cut = await segmentTarget(context, image, { points: [{ x: x + 10, y: 40, positive: true }] });
    return cut.needs ? 0 : cut.mask.area;
  };
  expect(await cutAll()).toEqual(places.map(() => true));
  expect(await cutAll()).toEqual(places.map(() => false));

  const keys = await Promise.all(pictures.map(pictureKey));
  const moved = keys.filter((key) => rendezvousRank(key, second.url) > rendezvousRank(key, shared.url)).length;
  await second.stop('SIGKILL');
  const sent = await cutAll();
  expect(sent.filter((wasSent) => !wasSent)).toHaveLength(places.length);
  expect(sent.filter((wasSent) => wasSent)).toHaveLength(moved);
  await client.close();
});
