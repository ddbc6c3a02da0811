import type { Image } from '@atelier/sdk';

/** What JSON says about a picture. */
export const sizeOf = ({ id, width, height }: Image) => ({ id, width, height });
