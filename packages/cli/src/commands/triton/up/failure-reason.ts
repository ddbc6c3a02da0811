import { AtelierError } from '@atelier/sdk/errors';

/** Why a model could not be loaded, in its own words. */
export function failureReason(error: unknown): string {
  const told = AtelierError.isInstance(error) ? error.details?.serverMessage : undefined;
  return ownSentence(typeof told === 'string' ? told : error instanceof Error ? error.message : String(error));
}

/**
 * The sentence in what Triton says of a load that failed, without Triton's own words before it and the stack behind it:
 * "load failed for model 'clip': version 1 is at UNAVAILABLE state: Internal: TritonModelException: SENTENCE\n\nAt:\n  ...".
 */
export function ownSentence(text: string): string {
  const [told] = text.split(/\n\s*(?:At:|Traceback \(most recent)/);
  return told
    .replace(/^(?:load failed for model|failed to load) '[^']*'[:,] /, '')
    .replace(/^version \d+ is at UNAVAILABLE state: /, '')
    .replace(/^(?:Internal|Invalid argument|Unavailable|Unknown): /, '')
    .replace(/^(?:c_python_backend_utils\.)?TritonModelException: /, '')
    .replace(/[;\s]+$/, '')
    .trim();
}
