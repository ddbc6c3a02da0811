import { z } from 'zod';
import type { PixelOperation } from '../operation.ts';

/** Makes a region transparent. Colours under the fully transparent part are zeroed: nothing that was removed stays in the file. */
export const clear: PixelOperation<Record<string, never>> = {
  kind: 'pixels',
  name: 'clear',
  description: 'Make a region fully transparent, for instance the background, to leave a cut-out.',
  parameters: z.object({}).strict(),
  example: {},
  phrasings: [
    {
      language: 'en',
      pattern:
        /^(?:make|turn|render|set)\s+(?<target>.+?)\s+(?:to\s+)?(?:fully\s+|completely\s+)?(?:transparent|see-through|invisible)$/,
      parameters: () => ({}),
    },
    {
      language: 'en',
      pattern:
        /^(?:remove|delete|erase|clear|get rid of|take away|drop|cut away|cut out|strip(?: away| out)?)\s+(?<target>.+)$/,
      onlyFor: 'background',
      parameters: () => ({}),
    },
    {
      language: 'ko',
      pattern:
        /^(?<target>.+?)(?:을|를|은|는|이|가)?\s*(?:완전히\s*)?투명(?:하게|으로|화|한 색으로)?\s*(?:만들|바꾸|바꿔|바꿀|변경|처리|해|하|설정|$).*$/,
      parameters: () => ({}),
    },
    {
      language: 'ko',
      pattern:
        /^(?<target>.+?)(?:을|를|은|는|만|이|가)?\s*(?:전부\s*|모두\s*|다\s*)?(?:지우|지워|지울|제거|삭제|없애|없앨|날려|빼\s*줘|누끼|따\s*줘).*$/,
      onlyFor: 'background',
      parameters: () => ({}),
    },
  ],
  apply({ data }, _parameters, alpha) {
    const result = Uint8Array.from(data);
    // One word a pixel.
    const words = new Uint32Array(result.buffer);
    for (let index = 0; index < alpha.length; index++) {
      // Under a soft edge the colour is still needed: the caller mixes it with what stays.
      if (alpha[index] === 255) words[index] = 0;
      else result[index * 4 + 3] = 0;
    }
    return result;
  },
  measure(_before, after, _parameters, alpha) {
    let opaque = 0;
    let count = 0;
    for (let index = 0; index < alpha.length; index++) {
      if (alpha[index] < 255) continue;
      count++;
      if (after.data[index * 4 + 3] > 0) opaque++;
    }
    const share = count === 0 ? 0 : 1 - opaque / count;
    return {
      done: count > 0 && opaque === 0,
      evidence: `${(share * 100).toFixed(1)} % of the region is fully transparent`,
    };
  },
};
