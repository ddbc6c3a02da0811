import { printable } from './printable.ts';

/** A step as a finished thing: "Finding things..." loses its dots. */
export const stepName = (message: string): string => printable(message).replace(/(\.{3}|…)$/, '');

/** "0.4 s" */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
