import { fileURLToPath } from 'node:url';

/** The path of a sample photograph. */
export const photo = (name: string): string => fileURLToPath(new URL(`../../../photos/${name}`, import.meta.url));
