import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeCorners } from './viewer/parts/badge-corners.ts';
import { dataUrl, readResult } from './viewer/result/read-result.ts';
import { fill, languageOf, wordsOf } from './viewer/text/strings.ts';

const box = { x: 1, y: 2, width: 3, height: 4 };

describe('readResult', () => {
  it('reads a question, from the structured content or from the text where hosts drop the former', () => {
    const output = {
      needs: 'choice',
      reason: 'no-match',
      phrase: 'a dog',
      candidates: [{ number: 1, label: 'cup', score: 0.5, box }],
    };
    const shown = {
      kind: 'choice',
      reason: 'no-match',
      phrase: 'a dog',
      things: [{ number: 1, label: 'cup', score: 0.5, box }],
      job: undefined,
    };
    expect(readResult({ structuredContent: output, content: [] })).toEqual(shown);
    expect(readResult({ content: [{ type: 'text', text: JSON.stringify(output) }] })).toEqual(shown);
  });

  it('reads the end of a whole task, with what was not done', () => {
    const verified = { ok: true, reason: 'gone' };
    const edits = [
      { edit: 'e1', tool: 'remove_object', image: 'img_2', mask: 'mask_1', changedOutsideMask: 0, verified },
    ];
    const notDone = ['Brighten it'];
    const output = { state: 'succeeded', job: 'j', image: 'img_2', answer: 'Done.', verified: false, edits, notDone };
    expect(readResult({ structuredContent: output })).toMatchObject({
      kind: 'edits',
      image: 'img_2',
      answer: 'Done.',
      edits: [{ id: 'e1', mask: 'mask_1', changedOutside: 0, verified }],
      notDone: ['Brighten it'],
    });
  });

  it('reads a job that goes on, and one that waits for a person', () => {
    expect(
      readResult({ structuredContent: { state: 'running', job: 'j1', message: 'Looking', progress: 20 } }),
    ).toEqual({
      kind: 'working',
      job: 'j1',
      message: 'Looking',
      progress: 20,
    });
    expect(
      readResult({
        structuredContent: { state: 'waiting', job: 'j1', question: 'q1', needs: 'approval', message: 'Remove it?' },
      }),
    ).toEqual({
      kind: 'approval',
      message: 'Remove it?',
      approval: undefined,
      job: { job: 'j1', question: 'q1' },
    });
  });

  it('reads jobs that led to no picture', () => {
    const error = { code: 'no-match', message: 'No dog here.', hint: 'Name it differently.' };
    const answer = 'There are two cups.';
    const shown = { kind: 'text', text: 'No dog here.\nName it differently.', isError: true };
    expect(readResult({ structuredContent: { state: 'failed', job: 'j1', error } })).toEqual(shown);
    const told = { kind: 'text', text: answer, isError: false };
    expect(readResult({ structuredContent: { state: 'succeeded', job: 'j1', answer } })).toEqual(told);
  });

  it('shows a failure without its code, which is for models', () => {
    const text = 'There is no picture.\nLoad one.\n(not-found)';
    expect(readResult({ isError: true, content: [{ type: 'text', text }] })).toEqual({
      kind: 'text',
      text: 'There is no picture.\nLoad one.',
      isError: true,
    });
  });

  it('takes anything without a fault', () => {
    const keys = fc.constantFrom(
      'needs',
      'candidates',
      'detections',
      'image',
      'edits',
      'edit',
      'box',
      'verified',
      'undone',
      'mask',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.constant('choice'),
        fc.array(tie('tree')),
        fc.dictionary(keys, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, tree), fc.jsonValue(), (structuredContent, content) => {
        expect(readResult({ structuredContent, content }).kind).toEqual(expect.any(String));
      }),
    );
  });
});

describe('dataUrl', () => {
  it('takes base64 of pictures that browsers show as such, and nothing that could run', () => {
    expect(dataUrl('AAAA', 'image/png')).toBe('data:image/png;base64,AAAA');
    expect(dataUrl('AAAA', 'image/svg+xml')).toBeUndefined();
    expect(dataUrl('AAAA', 'text/html')).toBeUndefined();
    expect(dataUrl('"><script>', 'image/png')).toBeUndefined();
    expect(dataUrl(undefined, 'image/png')).toBeUndefined();
  });
});

describe('words', () => {
  it('has the same blanks in both languages', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    const [english, korean] = [wordsOf('en'), wordsOf('ko')];
    for (const [name, text] of Object.entries(english))
      expect([name, blanks(Reflect.get(korean, name))]).toEqual([name, blanks(text)]);
  });

  it('puts values in as they are', () => {
    expect(fill('{a} and {b}', { a: '{b}', b: "$&'" })).toBe("{b} and $&'");
  });

  it('is Korean for Korean alone', () => {
    expect(['ko', 'ko-KR', 'KO', 'kok-IN', 'en-US', 'fr', ''].map(languageOf)).toEqual([
      'ko',
      'ko',
      'ko',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});

describe('badgeCorners', () => {
  it('lets no number hide another while a corner is left', () => {
    const size = { width: 100, height: 100 };
    const same = { box: { x: 10, y: 10, width: 50, height: 50 } };
    expect(badgeCorners([same, same, same, same, same], size)).toEqual([
      'top-left',
      'top-right',
      'bottom-left',
      'bottom-right',
      'top-left',
    ]);
  });
});
