import type { Language } from '@atelier/sdk';
import { z } from 'zod';
import { printable } from '../../../terminal/printable.ts';
import { byteText } from './sizes.ts';

/** A fault that is known of weights, as `atelier_models.weights` tells it, and the setting that chooses others without it. */
export const cautionSchema = z.object({ code: z.string(), means: z.string(), setting: z.string(), bytes: z.number() });

export type Caution = z.infer<typeof cautionSchema>;

const korean: Readonly<Record<string, string>> = {
  'code-of-older-library': '딸려 오는 Python 코드가 transformers 5에서는 돌아가지 않는다고 알려져 있습니다.',
};

/** Worth saying before somebody fetches them. */
export function cautionText(model: string, { code, means, setting, bytes }: Caution, language: Language): string {
  const name = printable(model);
  const other = `${printable(setting)} (${byteText(bytes)})`;
  if (language === 'ko') return `${name}: ${korean[code] ?? printable(means)} 이 문제가 없는 가중치: ${other}.`;
  return `${name}: ${printable(means)} Without that: ${other}.`;
}
