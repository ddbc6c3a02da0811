import { describe, expect, it } from 'vitest';
import { Mask } from '../../image/mask.ts';
import { squares, squaresOn } from '../__fixtures__/squares.ts';
import { adjust } from '../adjust/adjust.ts';
import { inpaint } from '../inpaint/inpaint.ts';
import { remove } from '../remove/remove.ts';
import { createVisionContext } from '../vision.ts';
import { receiptSchema, verificationSchema } from './receipt.ts';

const image = await squaresOn(64, 48, [{ colour: 'red', x: 10, y: 12, side: 16 }]);
const mask = Mask.fromBox(image, { x: 10, y: 12, width: 16, height: 16 });
const context = createVisionContext([squares()]);

describe('receipts', () => {
  it('of every edit fit their schema, without a field it does not know, and survive JSON', async () => {
    for (const { receipt, verified } of [
      await remove(context, image, { mask }),
      await inpaint(context, image, { mask, prompt: 'a green square', seed: 3 }),
      await adjust(context, image, { mask, operation: 'recolour', parameters: { colour: 'blue' } }),
    ]) {
      expect(receiptSchema.strict().parse(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt);
      expect(verificationSchema.strict().parse(verified)).toEqual(verified);
    }
  });

  it('with a count that is no count are refused', async () => {
    const { receipt } = await remove(context, image, { mask });
    for (const changedOutsideMask of [-1, 0.5, Number.NaN])
      expect(receiptSchema.safeParse({ ...receipt, changedOutsideMask }).success).toBe(false);
  });
});
