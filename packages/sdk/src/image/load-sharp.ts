import type sharp from 'sharp';

/**
 * The sharp library, loaded at the first picture: it takes longer to load than all of this package, and programs that only
 * set a studio up, list tools or show help never need it.
 */
export const loadSharp = async (): Promise<typeof sharp> => (await import('sharp')).default;
