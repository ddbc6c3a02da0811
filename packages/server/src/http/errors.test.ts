import { AtelierError } from '@atelier/sdk/errors';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemOf, publicError, withStatus } from './errors.ts';

const error = (code: ConstructorParameters<typeof AtelierError>[0]['code'], message = 'No.', details = {}) =>
  new AtelierError({ code, message, details });

describe('problemOf', () => {
  it.each([
    ['invalid-input', 400],
    ['phrase-unknown', 400],
    ['access-denied', 401],
    ['not-allowed', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['image-too-large', 413],
    ['choice-needed', 422],
    ['rate-limited', 429],
    ['capability-unavailable', 501],
    ['model-failed', 502],
    ['backend-failed', 502],
    ['server-unavailable', 503],
    ['timed-out', 504],
  ] as const)('answers %s with %i', (code, status) => {
    expect(problemOf(error(code))).toMatchObject({ status, error: { code }, unexpected: false });
  });

  it('lets one error be answered otherwise', () => {
    expect(problemOf(withStatus(error('timed-out'), 408)).status).toBe(408);
    expect(problemOf(error('timed-out')).status).toBe(504);
  });

  it('does not blame an authenticated caller for what a server of models refused', () => {
    expect(problemOf(error('access-denied'), { authenticated: true }).status).toBe(502);
  });

  it('names the paths of what does not fit a schema', () => {
    const { error: thrown } = z.object({ a: z.array(z.number()) }).safeParse({ a: [1, 'x'] });
    expect(problemOf(thrown)).toMatchObject({
      status: 400,
      error: { code: 'invalid-input', details: { issues: [{ path: 'a.1' }] } },
    });
  });

  it('says nothing about what nobody expected', () => {
    const { status, error: shown, unexpected } = problemOf(new Error('relation "secret" at /srv/app/db.ts:3'));
    expect({ status, shown, unexpected }).toEqual({
      status: 500,
      shown: { code: 'backend-failed', message: 'Something went wrong here.' },
      unexpected: true,
    });
    expect(problemOf(new HTTPException(500, { message: 'inner' })).error.message).not.toContain('inner');
  });
});

describe('publicError', () => {
  it.each([
    'There is no file /home/ann/pictures/a.png.',
    'There is no file "/srv/atelier/.atelier/assets/default/img_1.png".',
    'Cannot read .atelier/assets/x.png.',
    'Cannot read ../keys/private.pem',
    'Cannot open C:\\Users\\ann\\a.png.',
    'Cannot open \\\\share\\secret\\a.png',
    'See file:///etc/passwd',
    "ENOENT: no such file or directory, open '/var/lib/atelier/x'",
  ])('hides the path in: %s', (message) => {
    const shown = publicError(error('not-found', message)).message;
    expect(shown).toContain('(a file)');
    expect(shown).not.toMatch(/\bann\b|atelier\/|private|secret|passwd|var/);
  });

  it('leaves alone what the caller said, quotes included, but for errors from behind', () => {
    const message = 'I did not understand “open /etc/passwd”. Nothing was read from /srv/app/x.';
    const reader = { said: 'open /etc/passwd' };
    expect(publicError(error('request-not-understood', message), reader).message).toBe(
      'I did not understand “open /etc/passwd”. Nothing was read from (a file)',
    );
    expect(publicError(error('request-not-understood', message)).message).toContain('“open (a file)”.');
    expect(publicError(error('model-failed', message), reader).message).not.toContain('passwd');
  });

  it.each([
    'Send the picture again: POST /images.',
    'Try it again: POST /jobs/ID/retry.',
    'Sizes are 3/4 and 16/9; types image/png and image/jpeg.',
    'Write "remove the cat and/or the dog".',
    'The schemas are at /openapi.json, and readable at /docs.',
    'https://example.org/a/b.png is not allowed.',
  ])('leaves alone: %s', (message) => {
    expect(publicError(error('invalid-input', message)).message).toBe(message);
  });

  it('hides the addresses of servers behind this one', () => {
    const message = 'http://gpu-box:8000/v2 does not answer: connect ECONNREFUSED 10.0.0.7:8000.';
    const { message: shown, details } = publicError(
      error('server-unreachable', message, { url: 'http://gpu-box:8000', attempts: 3, last: 'gpu-box:8001' }),
    );
    expect(shown).not.toMatch(/gpu|10\.0/);
    expect(details).toEqual({ attempts: 3, last: '(a server)' });
  });
});
