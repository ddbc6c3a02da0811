import type { CommandGroup } from '../command.ts';

export const triton: CommandGroup = {
  name: 'triton',
  summary: "Look into NVIDIA Triton Inference Servers, and run one with Atelier's models",
  about: [
    'types and status ask servers that run; up runs one on this machine, and pull fetches the weights of its models.',
    'A bearer token is read from the environment variable ATELIER_TRITON_TOKEN, or from the one that --token-env names: a command line can be seen by everybody on the machine.',
  ],
};
