import { expect, it } from 'vitest';
import { photo, runInProcess } from './__fixtures__/photo.ts';
import { createDetect } from './detect.ts';

it('runs each model over a picture once, and answers as if it had run again', async () => {
  let jobs = 0;
  const counted: typeof runInProcess = (task, input, options) => {
    jobs++;
    return runInProcess(task, input, options);
  };
  const image = await photo('coffee.png');
  const detect = createDetect(counted);
  const [cup] = await detect.run({ image, phrases: ['cup'] }, {});
  expect(jobs).toBe(1);
  const everything = await detect.run({ image, phrases: [] }, {});
  expect(jobs).toBe(2);
  expect(everything).toEqual(await createDetect(runInProcess).run({ image, phrases: [] }, {}));
  expect(everything[0]).toEqual(cup);
  await detect.run({ image, phrases: ['face', 'cup'] }, {});
  expect(jobs).toBe(2);
  await detect.run({ image, phrases: ['cup'], threshold: 0.1 }, {});
  expect(jobs).toBe(3);
});
