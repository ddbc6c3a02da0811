import { describe, expect, it } from 'vitest';
import { squareCapabilities, squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import type { CapabilityMap } from '../capabilities/capability.ts';
import type { InpaintRequest } from '../capabilities/inpaint/contract.ts';
import type { RemoveRequest } from '../capabilities/remove/contract.ts';
import { atelier } from './atelier.ts';
import type { ProtectInput } from './protect-rules.ts';

const image = await squaresOn(160, 120, [{ colour: 'red', x: 40, y: 40, side: 40 }]);

/** Painters that leave the thing as it is the first times they are asked, as a diffusion model may with an unlucky seed. */
function clumsy(failures: number, protect: readonly ProtectInput[] = []) {
  const requests: (RemoveRequest | InpaintRequest)[] = [];
  const isUnlucky = (request: RemoveRequest | InpaintRequest) => requests.push(request) <= failures;
  const { remove, inpaint } = squareCapabilities;
  const changed: Partial<CapabilityMap> = {
    remove: { ...remove, run: async (asked, context) => (isUnlucky(asked) ? asked.image : remove.run(asked, context)) },
    inpaint: {
      ...inpaint,
      run: async (asked, context) => (isUnlucky(asked) ? asked.image : inpaint.run(asked, context)),
    },
  };
  return { session: atelier({ backends: [squares(changed)] }).session({ image, protect }), requests };
}
const phrase = 'the red square';

describe('an edit that fails its check', () => {
  it('is tried once more with a larger mask and another seed', async () => {
    const { session, requests } = clumsy(1);
    const output = await session.call('remove_object', { image: image.id, phrase, seed: 7 });
    expect(output).toMatchObject({ verified: { ok: true } });
    expect(requests.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(requests[1].image.width).toBeGreaterThan(requests[0].image.width);
    const [{ receipt, input }] = await session.history();
    expect(receipt.retry?.reason).toContain('still seen there');
    expect(receipt.retry?.change).toContain('seed 7 to 8');
    expect(receipt.changedOutsideMask).toBe(0);
    // What repeats the edit is the call as it was made: it fails and is made good in the same way.
    expect(input.seed).toBe(7);
  });

  it('is tried with another prompt, and checked for what was asked', async () => {
    const { session, requests } = clumsy(1);
    await session.call('inpaint_image', { image: image.id, phrase, prompt: 'a blue square' });
    const prompts = requests.map((request) => ('prompt' in request ? request.prompt : ''));
    expect(prompts[0]).toBe('a blue square');
    expect(prompts[1]).toMatch(/^a blue square, /);
    const [{ verified, receipt }] = await session.history();
    expect(verified).toMatchObject({ ok: true, reason: expect.stringContaining('"a blue square" is seen there') });
    expect(receipt.retry?.change).toContain(prompts[1]);
  });

  it('twice stays the first one, told as failed', async () => {
    const { session, requests } = clumsy(2);
    const output = await session.call('remove_object', { image: image.id, phrase });
    expect(requests).toHaveLength(2);
    expect(output).toMatchObject({ verified: { ok: false } });
    const [{ receipt }] = await session.history();
    expect(receipt.retry).toBeUndefined();
    expect(receipt.seed).toBe(0);
  });

  it('is not tried again where nobody can check', async () => {
    let painted = 0;
    const remove: CapabilityMap['remove'] = {
      ...squareCapabilities.remove,
      run: async (request, context) => {
        painted++;
        return squareCapabilities.remove.run(request, context);
      },
    };
    const { detect: _nobody, ...rest } = squareCapabilities;
    const session = atelier({ backends: [{ name: 'blind', capabilities: { ...rest, remove } }] }).session({ image });
    await session.call('remove_object', { image: image.id, box: { x: 40, y: 40, width: 40, height: 40 } });
    expect(painted).toBe(1);
  });

  it('is not tried again where a part of the thing has to stay', async () => {
    const { session, requests } = clumsy(0, [{ x: 40, y: 40, width: 40, height: 8 }]);
    const output = await session.call('remove_object', { image: image.id, phrase });
    const reason = expect.stringMatching(/^20 % of it is protected and stays \(.+: 1\)$/);
    expect(output).toMatchObject({ verified: { ok: false, by: 'the protection', reason } });
    expect(requests).toHaveLength(1);
    const [{ receipt }] = await session.history();
    expect(receipt.retry).toBeUndefined();
    expect(receipt.protected).toMatchObject({ area: 320, changed: 0 });
  });

  it('repeats to the same picture', async () => {
    const ids: string[] = [];
    for (let time = 0; time < 2; time++) {
      const { session } = clumsy(1);
      const output = await session.call('remove_object', { image: image.id, phrase });
      ids.push('edit' in output ? output.image : '');
    }
    expect(ids[0]).toBe(ids[1]);
  });
});
