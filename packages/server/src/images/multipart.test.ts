import { describe, expect, it } from 'vitest';
import { isMultipart, readMultipart } from './multipart.ts';

const limits = { maxImageBytes: 1000 };
const formRequest = (body: RequestInit['body'], headers?: Record<string, string>): Request =>
  new Request('http://localhost/', { method: 'POST', body, ...(headers ? { headers } : {}) });
const raw = (text: string, type = 'multipart/form-data; boundary=xx') => formRequest(text, { 'content-type': type });

function form(...entries: readonly (readonly [string, string | File])[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}
const file = (bytes: number, name = 'a.png') => new File([new Uint8Array(bytes).fill(7)], name, { type: 'image/png' });

describe('a form', () => {
  it('brings a file and text', async () => {
    const read = await readMultipart(
      formRequest(form(['image', file(1000)], ['prompt', '컵을 지워 줘\r\n--xx'], ['a', ''])),
      limits,
    );
    expect(read.image).toEqual({ bytes: new Uint8Array(1000).fill(7) });
    expect(read.fields).toEqual({ prompt: '컵을 지워 줘\r\n--xx', a: '' });
  });

  it('may name a picture, or bring none', async () => {
    expect((await readMultipart(formRequest(form(['image', 'img_1'])), limits)).image).toEqual({ reference: 'img_1' });
    expect((await readMultipart(formRequest(form(['prompt', 'x'])), limits)).image).toBeUndefined();
    // What a page sends when nobody chose a file.
    expect((await readMultipart(formRequest(form(['image', file(0, '')])), limits)).image).toBeUndefined();
  });

  it('may have fields of any name', async () => {
    const { fields } = await readMultipart(formRequest(form(['__proto__', 'x'], ['constructor', 'y'])), limits);
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it.each([
    ['too large a file', formRequest(form(['image', file(1001)])), 'image-too-large'],
    ['too long a field', formRequest(form(['prompt', 'x'.repeat(70_000)])), 'request-too-large'],
    ['two pictures', formRequest(form(['image', file(1)], ['image', file(1)])), 'invalid-input'],
    ['a field twice', formRequest(form(['prompt', 'x'], ['prompt', 'y'])), 'invalid-input'],
    ['a file of another name', formRequest(form(['photo', file(1)])), 'invalid-input'],
    [
      'too many parts',
      formRequest(form(...Array.from({ length: 33 }, (_, i) => [`f${i}`, 'x'] as const))),
      'invalid-input',
    ],
    ['no boundary', raw('--xx--', 'multipart/form-data'), 'invalid-input'],
    ['another type', raw('a=b', 'application/x-www-form-urlencoded'), 'invalid-input'],
    ['an end that does not come', raw('--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'), 'invalid-input'],
    ['a part without a name', raw('--xx\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xx--\r\n'), 'invalid-input'],
    ['no parts', raw('hello'), 'invalid-input'],
    ['nothing', formRequest(null, { 'content-type': 'multipart/form-data; boundary=xx' }), 'invalid-input'],
  ])('is refused with %s', async (_what, request, code) => {
    await expect(readMultipart(request, limits)).rejects.toMatchObject({ code });
  });

  it('of very many parts costs nothing', async () => {
    const part = '--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n';
    const large = { maxImageBytes: 10 * 1024 * 1024 };
    const start = performance.now();
    await expect(readMultipart(raw(part.repeat(200_000)), large)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(performance.now() - start).toBeLessThan(300);
  });

  it('is told by its type', () => {
    const typed = (type: string) => isMultipart(new Headers({ 'content-type': type }));
    expect(['multipart/form-data; boundary=x', 'Multipart/Form-Data;boundary=x'].map(typed)).toEqual([true, true]);
    expect(['multipart/form-database', 'text/plain', 'application/json'].map(typed)).toEqual([false, false, false]);
  });
});
