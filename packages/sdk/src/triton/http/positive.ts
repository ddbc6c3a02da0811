import { InvalidInputError } from '../errors.ts';

/** The number, if it is a whole one above 0. Throws `invalid-input`. */
export function positive(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidInputError({
    message: `${name} is not a whole number above 0.`,
    hint: 'Leave it out for the default.',
  });
}
