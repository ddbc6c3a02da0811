import { expect, it } from 'vitest';
import { readPipLine } from './pip-progress.ts';

it.each([
  ['Collecting torch==2.13.0 (from -r /a/cpu.txt (line 2))', { kind: 'look', name: 'torch' }],
  ['Collecting huggingface-hub<3.0,>=2.4 (from transformers)', { kind: 'look', name: 'huggingface-hub' }],
  [
    '  Downloading https://example.org/whl/torch-2.13.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl (191.8 MB)',
    { kind: 'download', name: 'torch 2.13.0', bytes: 191_800_000 },
  ],
  [
    '  Downloading nvidia_pytriton-0.7.0-py3-none-manylinux_2_35_x86_64.whl (54.2 MB)',
    { kind: 'download', name: 'nvidia-pytriton 0.7.0', bytes: 54_200_000 },
  ],
  [
    '  Downloading filelock-4.2.11-py3-none-any.whl (17 kB)',
    { kind: 'download', name: 'filelock 4.2.11', bytes: 17_000 },
  ],
  ['  Using cached idna-3.11-py3-none-any.whl (71 kB)', { kind: 'cached', name: 'idna 3.11' }],
  ['Processing /opt/wheels/scipy-1.17.1-cp311-cp311-linux_x86_64.whl', { kind: 'cached', name: 'scipy 1.17.1' }],
  ['Installing collected packages: mpmath, zope-event, torch', { kind: 'install', count: 3 }],
  ['  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl.metadata (30 kB)', undefined],
  ['Requirement already satisfied: numpy in /a', undefined],
  ['', undefined],
])('%s', (line, step) => {
  expect(readPipLine(line)).toEqual(step);
});
