import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as triton from '@atelier/sdk/triton';
import { describe, expect, it } from 'vitest';
import { commands } from './commands/index.ts';
import { serverHint } from './server-hints.ts';

const sources = fileURLToPath(new URL('../../sdk/src/triton/', import.meta.url));
const options = new Set(commands.flatMap((command) => command.options.map(({ name }) => `--${name}`)));
/** Of the server's own command line. */
const ofServer = '--http-max-input-size';
/** Words for what only a program can set. */
const ofApi = /`|\b(timeoutMs|grpcUrl|maxResponseBytes|maxRequestBytes|connections|headers|token:|tls\.|idempotent)\b/;

/** Every hint that the client has as a literal. */
async function sdkHints(): Promise<string[]> {
  const hints: string[] = [];
  for await (const file of glob(['*.ts', 'http/**/*.ts', 'grpc/**/*.ts'], { cwd: sources })) {
    if (file.includes('.test.')) continue;
    const source = await readFile(`${sources}${file}`, 'utf8');
    for (const [, , hint] of source.matchAll(/\bhint: (['"`])(.*?)\1[,\s]/g)) hints.push(hint);
  }
  return hints;
}

const codes = Object.values(triton).flatMap((value) =>
  typeof value === 'function' && value.prototype instanceof triton.TritonError
    ? [new (value as typeof triton.TimedOutError)({ message: '' }).code]
    : [],
);

describe('hints on the errors of servers', () => {
  it('never name what only the API has', async () => {
    const hints = await sdkHints();
    expect(hints.filter((hint) => ofApi.test(hint)).length).toBeGreaterThan(8);
    for (const hint of [undefined, ...hints]) {
      for (const code of codes.filter((code) => String(code) !== 'invalid-input')) {
        const told = serverHint(code, hint);
        expect(told, `${code}: ${hint}`).toMatch(/\w/);
        expect(told).not.toMatch(ofApi);
        expect(told).not.toMatch(/(?<!-)\burl\b/);
      }
    }
  });

  it.each(codes.filter((code) => String(code) !== 'invalid-input'))('of %s name options that there are', (code) => {
    const named = serverHint(code, undefined)?.match(/--[\w-]+/g) ?? [];
    for (const option of named) expect([...options, ofServer]).toContain(option);
  });

  it('leave what says more and holds here too', () => {
    expect(serverHint('model-not-found', 'Did you mean "sam"?')).toBe('Did you mean "sam"?');
    expect(serverHint('server-unreachable', 'Is the port its gRPC port (8001 by default)?')).toMatch(
      /^Is the port its/,
    );
    expect(serverHint('phrase-unknown', 'See `known`.')).toBe('See `known`.');
  });
});
