import { InvalidInputError } from '../errors.ts';

/** `/v2/models/<model>[/versions/<version>]`. Throws `InvalidInputError` for what cannot be in a path. */
export function modelPath(model: string, version: string | undefined): string {
  const path = `/v2/models/${segment(model)}`;
  if (version === undefined) return path;
  if (!/^[0-9]+$/.test(version)) {
    throw new InvalidInputError({ model, message: 'The version is not digits.', hint: "Give '1', or leave it out." });
  }
  return `${path}/versions/${version}`;
}

export const repositoryPath = (model: string, action: 'load' | 'unload'): string =>
  `/v2/repository/models/${segment(model)}/${action}`;

function segment(model: string): string {
  // Proxies resolve the two dots, which would reach another path than the one asked for.
  if (typeof model !== 'string' || ['', '.', '..'].includes(model) || /\p{Surrogate}/u.test(model)) {
    throw new InvalidInputError({
      message: 'The name of the model cannot be in a URL.',
      hint: 'Give the name of its folder in the model repository.',
    });
  }
  return encodeURIComponent(model);
}
