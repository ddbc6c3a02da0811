import { request } from 'undici';
import { expect, inject, it } from 'vitest';

it('has a real server with the test models', async () => {
  const { url } = inject('triton');
  const { statusCode, body } = await request(`${url}/v2/models/identity`);
  expect(statusCode).toBe(200);
  expect(await body.json()).toMatchObject({ name: 'identity', platform: 'python' });
});
