import type { Box, Candidate } from '@atelier/sdk';
import type { Words } from '../messages.ts';
import { printable } from './printable.ts';
import type { Column } from './table.ts';

export const candidateColumns = (words: Words): readonly Column[] => [
  { title: words.number, align: 'right' },
  { title: words.label, flexible: true },
  { title: words.score, align: 'right' },
  { title: words.box },
];

export const candidateRow = ({ number, label, score, box }: Candidate): readonly string[] => [
  String(number),
  printable(label),
  `${Math.round(score * 100)} %`,
  boxText(box),
];

/** "165, 21, 245, 238": whole pixels, in the form `--box` takes them. */
export const boxText = ({ x, y, width, height }: Box): string => [x, y, width, height].map(Math.round).join(', ');
