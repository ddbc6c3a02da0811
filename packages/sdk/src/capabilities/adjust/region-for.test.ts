import { describe, expect, it } from 'vitest';
import { Library } from '../../assets/library.ts';
import { memoryAssetStore } from '../../assets/memory-asset-store.ts';
import { squares, squaresOn } from '../__fixtures__/squares.ts';
import { createVision, createVisionContext } from '../vision.ts';
import { regionFor } from './region-for.ts';

const image = await squaresOn(90, 60, [{ colour: 'blue', x: 30, y: 20, side: 16 }]);
const vision = createVision(createVisionContext([squares()]), new Library(memoryAssetStore(), 'test'));

describe('regionFor', () => {
  it('takes the region that was asked for where pixels change, and the operation’s own for the frame', () => {
    expect(regionFor('blur', undefined)).toBe('subject');
    expect(regionFor('blur', 'background')).toBe('background');
    expect(regionFor('crop', 'everything')).toBe('subject');
    expect(regionFor('straighten', undefined)).toBe('everything');
  });

  it('lets nobody have to say it: a crop finds its thing, levelling needs none', async () => {
    const cropped = await vision.adjust(image, { operation: 'crop', phrase: 'the blue square', region: 'everything' });
    expect(cropped.receipt.geometry?.crop).toEqual({ x: 28, y: 18, width: 20, height: 20 });
    const turned = await vision.adjust(image, { operation: 'straighten', parameters: { angle: -2 } });
    expect(turned.receipt.geometry?.angle).toBe(-2);
    expect(turned.verified.ok, turned.verified.reason).toBe(true);
  });
});
