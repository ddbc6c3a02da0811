import { describe, expect, it } from 'vitest';
import { type Particle, withParticle } from './particles.ts';

describe('withParticle', () => {
  it.each<readonly [word: string, particle: Particle, result: string]>([
    ['컵', '을/를', '컵을'],
    ['고양이', '을/를', '고양이를'],
    ['컵', '이/가', '컵이'],
    ['고양이', '은/는', '고양이는'],
    ['꽃병', '으로/로', '꽃병으로'],
    ['고양이', '으로/로', '고양이로'],
    ['연필', '으로/로', '연필로'],
    ['연필', '을/를', '연필을'],
    ['접시', '과/와', '접시와'],
    ['cup', '을/를', 'cup을'],
    ['cat', '이/가', 'cat이'],
    ['book', '을/를', 'book을'],
    ['apple', '으로/로', 'apple로'],
    ['phone', '을/를', 'phone을'],
    ['spoon', '은/는', 'spoon은'],
    ['lamp', '을/를', 'lamp를'],
    ['desk', '을/를', 'desk를'],
    ['cake', '을/를', 'cake를'],
    ['vase', '으로/로', 'vase로'],
    ['bottle', '을/를', 'bottle을'],
    ['TV', '을/를', 'TV를'],
    ['USB', '이/가', 'USB가'],
    ['PCM', '을/를', 'PCM을'],
    ['1', '을/를', '1을'],
    ['2', '을/를', '2를'],
    ['3', '으로/로', '3으로'],
    ['7', '으로/로', '7로'],
    ['10', '을/를', '10을'],
    ['“컵”', '이/가', '“컵”이'],
    ['★', '을/를', '★을(를)'],
    ['★', '으로/로', '★(으)로'],
    ['', '을/를', '을(를)'],
  ])('%s + %s = %s', (word, particle, result) => {
    expect(withParticle(word, particle)).toBe(result);
  });
});
