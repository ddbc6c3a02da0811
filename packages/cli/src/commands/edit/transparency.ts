import type { AdjustOperation, EditNode } from '@atelier/sdk';
import { notWritable } from '../../files/not-writable.ts';
import { isTranslucent, type OutputFile } from '../../files/output-file.ts';

/** The operation that makes pixels transparent. */
const clearing: AdjustOperation['name'] = 'clear';

/** Throws `output-not-writable` before any work where a JPEG is wanted and the request ends in making something transparent. */
export async function refuseTransparency({ format, shown }: OutputFile, request: string): Promise<void> {
  if (format !== 'jpeg') return;
  const { planRequest } = await import('@atelier/local');
  // Only the last step: what is cleared first may be filled again.
  if (planRequest(request).steps.at(-1)?.input.operation === clearing) throw refused(shown);
}

/** Throws the same after the work, where the picture has transparency that one of these edits made. */
export function refuseCleared(
  { format, shown }: Pick<OutputFile, 'format' | 'shown'>,
  picture: Parameters<typeof isTranslucent>[0],
  edits: readonly EditNode[],
): void {
  const cleared = edits.some(({ receipt }) => receipt.operation?.name === clearing);
  if (format === 'jpeg' && cleared && isTranslucent(picture)) throw refused(shown);
}

const refused = (shown: string) => notWritable(shown, 'transparency', 'Use .png or .webp.');
