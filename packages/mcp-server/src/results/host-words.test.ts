import { AtelierError } from '@atelier/sdk/errors';
import { describe, expect, it } from 'vitest';
import { createMcpApp } from '../app.ts';
import { errorResult } from './error-result.ts';

const { settings } = createMcpApp({
  workshops: {
    of() {
      throw new Error('Nobody calls.');
    },
    close: async () => {},
  },
  roots: ['/home/me/Pictures'],
});

const said = (error: AtelierError, more = {}): string => {
  const [block] = errorResult(error, { language: 'en', settings: { ...settings, ...more } }).content;
  return block?.type === 'text' ? block.text : '';
};

describe('what a model is told of an error', () => {
  it('speaks of hosts, not of TypeScript', () => {
    const hint = 'These could: triton() with sd3 or hosted() with an image model.';
    const text = said(new AtelierError({ code: 'capability-unavailable', message: 'No backend can inpaint.', hint }));
    expect(text).toContain('--backend URL of a Triton server');
    expect(text).not.toMatch(/\w\(\)/);
  });

  it('lists the words that are known, where one was not', () => {
    const details = { known: ['cup', 'dog'] };
    const hint = 'Use one of the words it knows, or add triton() with owlv2.';
    const text = said(new AtelierError({ code: 'phrase-unknown', message: 'It knows no "gnu".', hint, details }));
    expect(text).toContain('It knows: cup, dog.');
    expect(text).not.toContain('triton()');
  });

  it('names the folders to the person on this machine, and to nobody over HTTP', () => {
    const error = new AtelierError({ code: 'not-allowed', message: '/etc/passwd lies outside the folders.' });
    expect(said(error)).toContain('Files may be read in: /home/me/Pictures.');
    const uploads = { create: () => Promise.reject(new Error()), download: () => Promise.reject(new Error()) };
    expect(said(error, { uploads })).not.toContain('/home/me');
  });

  it('says where to look when there is nothing to undo', () => {
    expect(said(new AtelierError({ code: 'not-found', message: 'There is no edit to undo.' }))).toContain('history');
  });
});
