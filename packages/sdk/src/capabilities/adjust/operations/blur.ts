import { z } from 'zod';
import type { PixelOperation } from '../operation.ts';
import { englishDegree } from '../phrasing/amount.ts';
import { detail } from '../pixel-work/detail.ts';
import { gaussianBlur } from '../pixel-work/gaussian-blur.ts';
import { regionShape } from '../pixel-work/region.ts';

const parameters = z
  .object({
    radius: z
      .number()
      .min(0.5)
      .max(500)
      .optional()
      .describe(
        'Standard deviation of the Gaussian in pixels, 0.5 to 500. Left out: 13 % of the shorter side of the region (8 % of its size at least), or 2.5 % of its size where it lies around a thing.',
      ),
  })
  .strict();

type BlurParameters = z.infer<typeof parameters>;

/** A face must become unreadable, a background only soft: the share of the region's side is chosen by which of the two it is. */
function defaultRadius(width: number, height: number, alpha: Uint8Array): number {
  const { side, shorter, surrounds } = regionShape(width, height, alpha);
  const radius = surrounds ? 0.025 * side : Math.max(0.13 * shorter, 0.08 * side);
  return Math.min(500, Math.max(2, radius));
}

const radiusOf = (groups: Readonly<Record<string, string | undefined>>): Record<string, unknown> =>
  groups.radius === undefined ? {} : { radius: Number(groups.radius) };

/** Detail below this is rounding: there is nothing left to blur. */
const smooth = 0.5;

export const blur: PixelOperation<BlurParameters> = {
  kind: 'pixels',
  name: 'blur',
  description: 'Blur a region smoothly: soften a background, or hide a face or a number plate.',
  parameters,
  example: { radius: 12 },
  phrasings: [
    {
      language: 'en',
      // Words of degree are heard but change nothing: how soft a background gets follows from its size.
      pattern: new RegExp(
        `^(?:${englishDegree}\\s+)?(?:blur|soften|defocus|unfocus)(?:\\s+out)?\\s+(?<target>.+?)(?:\\s+out)?(?:\\s+${englishDegree}|\\s+(?:by|with a radius of|with radius)\\s+(?<radius>\\d+(?:\\.\\d+)?)\\s*(?:px|pixels?)?)?$`,
      ),
      parameters: radiusOf,
    },
    {
      language: 'en',
      pattern:
        /^(?:make|turn|render)\s+(?<target>.+?)(?<!\bless)\s+(?:(?:look|all|more|very|much|a lot|somewhat|(?:just )?a bit|a little(?: bit)?|slightly)\s+)*(?:blurry|blurred|blurrier|out of focus|fuzzy|soft|softer)$/,
      parameters: () => ({}),
    },
    {
      language: 'en',
      pattern: /^(?:put|apply|add)\s+(?:a\s+)?blur\s+(?:on|to|over)\s+(?<target>.+)$/,
      parameters: () => ({}),
    },
    {
      language: 'ko',
      pattern:
        /^(?<target>.+?)(?<!(?:^| )덜 ?)(?:을|를|은|는|이|가|에|만)?\s*(?:(?:좀|조금만?|약간만?|살짝만?|많이|훨씬|매우|아주|더)\s*)*(?:반경\s*(?<radius>\d+(?:\.\d+)?)\s*(?:px|픽셀)?(?:로|만큼)?\s*)?(?:흐릿하게|흐리게|뿌옇게|흐려지게|(?<!텀)블러|아웃\s*포커스|아웃포커싱|초점).*$/,
      parameters: radiusOf,
    },
  ],
  apply(pixels, { radius }, alpha) {
    return gaussianBlur(pixels, radius ?? defaultRadius(pixels.width, pixels.height, alpha), alpha);
  },
  measure(before, after, _parameters, alpha) {
    const [old, now] = [detail(before, alpha), detail(after, alpha)];
    const evidence = `fine detail ${old.toFixed(2)} before, ${now.toFixed(2)} after (mean difference to the neighbours, 0..255)`;
    return { done: now < Math.max(old * 0.6, smooth), evidence };
  },
};
