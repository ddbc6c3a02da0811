import { AtelierError } from '@atelier/sdk/errors';
import { checkMayLook, type ResourceAccess } from '../resources/access.ts';

/** A photograph as the words of a prompt speak of it. */
export type PhotoReference =
  /** One that the server has. `isShown`: a small copy follows the words. */
  | {
      readonly kind: 'known';
      readonly id: string;
      readonly width: number;
      readonly height: number;
      readonly isShown: boolean;
    }
  /** A path or URL, to be loaded. */
  | { readonly kind: 'elsewhere'; readonly source: string }
  | { readonly kind: 'unsaid' };

const imageId = /^img_[0-9a-f]{32}$/;

/** Throws `not-found` for an id that nothing has, `access-denied` for callers who may not see pictures. */
export async function photoReference(
  { workshop, settings, principal }: Pick<ResourceAccess, 'workshop' | 'settings' | 'principal'>,
  photo: string | undefined,
): Promise<PhotoReference> {
  const said = photo?.trim() ?? '';
  if (said === '') return { kind: 'unsaid' };
  if (imageId.test(said)) {
    checkMayLook(principal);
    return { kind: 'known', ...(await workshop.picture(said)), isShown: settings.images === 'on' };
  }
  if (/^img_/.test(said)) {
    throw new AtelierError({
      code: 'not-found',
      message: `There is no picture ${said.slice(0, 60)}.`,
      hint: 'An image id is img_ and 32 hex digits; completion offers those that are there.',
    });
  }
  return { kind: 'elsewhere', source: said };
}
