import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownGroups, knownThings, objectClassCount } from './labels.ts';
import { unknownPhrases } from './unknown-phrases.ts';
import { knownLabels, koreanName, lookUp } from './vocabulary.ts';

describe('the table', () => {
  it('has the 80 classes of COCO and the face, each once', () => {
    expect(objectClassCount).toBe(80);
    expect(new Set(knownLabels).size).toBe(81);
    expect([knownLabels[0], knownLabels[41], knownLabels[79], knownLabels[80]]).toEqual([
      'person',
      'cup',
      'toothbrush',
      'face',
    ]);
  });

  it('gives no word two meanings', () => {
    const words = [
      ...knownThings.flatMap(({ label, korean, also = [], kinds = [] }) => [label, korean, ...also, ...kinds]),
      ...knownGroups.flatMap(({ name, korean, also }) => [name, korean, ...also]),
    ];
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    expect(words.filter((word) => word !== word.trim().toLowerCase() || word === '')).toEqual([]);
  });

  it('understands all its own words, and groups only name real labels', () => {
    for (const { label, korean, also = [], kinds = [] } of knownThings) {
      for (const word of [label, korean, ...also])
        expect(lookUp(word)).toEqual({ label, labels: [label], narrower: false });
      for (const word of kinds) expect(lookUp(word)).toEqual({ label, labels: [label], narrower: true });
    }
    for (const { name, labels } of knownGroups) {
      expect(lookUp(name)?.labels).toEqual(labels);
      expect(labels.filter((label) => !knownLabels.includes(label))).toEqual([]);
    }
  });
});

describe('lookUp', () => {
  it.each([
    ['the cup', 'cup'],
    ['Cups', 'cup'],
    ['a mug', 'cup'],
    ['my teacups', 'cup'],
    ['cup of coffee', 'cup'],
    ['two-handled', undefined],
    ['people', 'person'],
    ['the women', 'person'],
    ['children', 'person'],
    ['a group of people', 'person'],
    ['sofa', 'couch'],
    ['couches', 'couch'],
    ['benches', 'bench'],
    ['buses', 'bus'],
    ['knives', 'knife'],
    ['puppies', 'dog'],
    ['kitties', 'cat'],
    ['mice', 'mouse'],
    ['a golden retriever', 'dog'],
    ['sandwiches', 'sandwich'],
    ['a pair of scissors', 'scissors'],
    ['skis', 'skis'],
    ['TV', 'tv'],
    ['phone', 'cell phone'],
    ['bikes', 'bicycle'],
    ['the plane', 'airplane'],
    ['the wooden table', 'dining table'],
    ["the person's face", 'face'],
    ['the person’s face', 'face'],
    ['his face', 'face'],
    ['the face of the woman', 'face'],
    ['animals', 'animal'],
    ['컵', 'cup'],
    ['컵을', 'cup'],
    ['컵들은', 'cup'],
    ['머그', 'cup'],
    ['잔도', 'cup'],
    ['사람들이', 'person'],
    ['여자를', 'person'],
    ['고양이', 'cat'],
    ['고양이가', 'cat'],
    ['강아지', 'dog'],
    ['개는', 'dog'],
    ['숟가락을', 'spoon'],
    ['테이블', 'dining table'],
    ['그 사람의 얼굴을', 'face'],
    ['동물', 'animal'],
    ['saucer', undefined],
    ['red', undefined],
    ['broken cup', undefined],
    ['red cup', undefined],
    ['빨간 컵', undefined],
    ['접시', undefined],
    ['cupboard', undefined],
    ['glasses', undefined],
    ['', undefined],
    ['the', undefined],
  ])('%j is %s', (phrase, label) => {
    expect(lookUp(phrase)?.label).toBe(label);
  });

  it('says where the words mean more than the detectors can tell', () => {
    expect(lookUp('the woman')?.narrower).toBe(true);
    expect(lookUp('the person')?.narrower).toBe(false);
  });

  it('answers any text with known labels or nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom("'s", '의', ' of ', 'the the', '을을을을'),
    );
    fc.assert(
      fc.property(text, (phrase) => {
        expect(knownLabels).toEqual(expect.arrayContaining([...(lookUp(phrase)?.labels ?? [])]));
      }),
    );
  });
});

describe('unknownPhrases', () => {
  it('names what it cannot find and what it can', () => {
    const unable = unknownPhrases(['cup', 'saucer', 'broken cup']);
    expect(unable?.code).toBe('phrase-unknown');
    expect(unable?.hint).toContain('"saucer" and "broken cup"');
    expect(unable?.hint).toContain('81 things');
    expect(unable?.hint).toContain('blue square');
    expect(unable?.details?.known).toEqual(expect.arrayContaining([...knownLabels, 'triangle', 'text']));
    expect(unknownPhrases(['cup', '고양이'])).toBeUndefined();
  });
});

it('koreanName falls back to the label', () => {
  expect(koreanName('cup')).toBe('컵');
  expect(koreanName('animal')).toBe('동물');
  expect(koreanName('saucer')).toBe('saucer');
});
