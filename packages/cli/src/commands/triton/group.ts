import type { CommandGroup } from '../command.ts';

export const triton: CommandGroup = {
  name: 'triton',
  summary: 'Look into NVIDIA Triton Inference Servers',
  about: [
    'A bearer token is read from the environment variable ATELIER_TRITON_TOKEN, or from the one that --token-env names: a command line can be seen by everybody on the machine.',
  ],
};
