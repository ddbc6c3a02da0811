import { z } from 'zod';
import { AtelierError } from '../../../errors/atelier-error.ts';
import { type Colour, parseColour } from './colours.ts';

/** A colour as a tool's parameter: words or digits in, checked, kept as text so that the call stays readable JSON. */
export const colourParameter = z
  .string()
  .refine((text) => parseColour(text) !== undefined, {
    error: 'Give a colour: a name in English or Korean (blue, dark green, 파란색), #rgb, #rrggbb or rgb(r, g, b).',
  })
  .describe(
    'A colour: a name in English or Korean (blue, dark green, 파란색), #rgb, #rrggbb or rgb(r, g, b) with 0..255.',
  );

/** For text that `colourParameter` has let through. Throws `invalid-input` otherwise. */
export function requireColour(text: string): Colour {
  const colour = parseColour(text);
  if (colour) return colour;
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${text}" is not a colour that is known here.`,
    hint: 'Give a name in English or Korean (blue, dark green, 파란색), #rgb, #rrggbb or rgb(r, g, b).',
  });
}
