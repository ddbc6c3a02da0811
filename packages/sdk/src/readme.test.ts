import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as triton from './triton/index.ts';

/** They are packed without the files around them. */
const readmes = ['sdk', 'cli', 'local'] as const;
const read = (name: string) => readFile(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

describe('the README of a package', () => {
  it.each(readmes)('%s links to nothing that is not packed with it', async (name) => {
    const text = await read(name);
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${anchorOf(heading)}`);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      if (!/^https:\/\//.test(link)) expect(anchors).toContain(link);
    }
    expect(text).not.toMatch(/\bdocs\/|\.\.\/|\bsrc\//);
  });

  it('sdk names every code of the errors of servers', async () => {
    const text = (await read('sdk')).split('### Errors of servers')[1] ?? '';
    const codes = Object.values(triton).flatMap((value) =>
      typeof value === 'function' && value.prototype instanceof triton.TritonError
        ? // Each of its classes takes the same options.
          [new (value as typeof triton.TimedOutError)({ message: '' }).code as string]
        : [],
    );
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes.filter((code) => code !== 'invalid-input')) expect(text).toContain(`\`${code}\``);
  });
});
