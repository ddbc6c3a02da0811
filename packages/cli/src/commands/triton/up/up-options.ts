import { isIP } from 'node:net';
import type { Arguments, OptionSpec } from '../../../options.ts';
import { suggest } from '../../../suggest.ts';
import { printable } from '../../../terminal/printable.ts';
import { UsageError } from '../../../usage-error.ts';
import type { Device } from '../environment/choose-device.ts';

/** Options of the commands that run Python on this machine. */
export const environmentOptions: readonly OptionSpec[] = [
  { name: 'models', value: 'A,B', help: 'Only these models (default: all)' },
  { name: 'device', value: 'auto|cuda|cpu', help: 'What they run on (default: auto, the GPU where there is one)' },
  {
    name: 'cache',
    value: 'FOLDER',
    help: 'Where the Python environment and what can be made again is kept (default: ~/.cache/atelier)',
  },
  { name: 'python', value: 'PATH', help: 'A Python that has everything installed; no environment is made' },
  { name: 'yes', short: 'y', help: 'Fetch without asking' },
];

export const profiles = ['full', 'miniature', 'random'] as const;
export type Profile = (typeof profiles)[number];
const devices = ['auto', 'cuda', 'cpu'] as const;
/** As in the settings of the models. */
const precisions = ['auto', 'fp32', 'bf16', 'fp16', 'int8', 'int4'] as const;

export interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly metrics: number;
}

export interface EnvironmentChoice {
  readonly models: readonly string[];
  readonly device: 'auto' | Device;
  readonly cache: string | undefined;
  readonly python: string | undefined;
  readonly yes: boolean;
}

export interface UpChoice extends EnvironmentChoice {
  readonly profile: Profile;
  readonly ports: Ports;
  readonly host: string;
  readonly precision: string | undefined;
}

/** What the command line says, checked. @param known names of the models that there are. @param env has the default profile. Throws `UsageError`. */
export function readUpChoice(
  args: Arguments,
  known: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): UpChoice {
  const precision = args.get('precision');
  return {
    ...readEnvironmentChoice(args, known),
    profile: readProfile(args.get('profile'), env.ATELIER_PROFILE?.trim()),
    ports: readPorts(args),
    host: readHost(args.get('host')),
    precision: precision === undefined ? undefined : oneOf(precision, precisions, '--precision'),
  };
}

/** The part of it that `pull` has too. Throws `UsageError`. */
export function readEnvironmentChoice(args: Arguments, known: readonly string[]): EnvironmentChoice {
  if (args.positionals.length > 0) {
    throw new UsageError(
      `"${printable(args.positionals[0])}" is one word too many`,
      'models are named by --models A,B',
    );
  }
  return {
    models: readModels(args.get('models'), known),
    device: oneOf(args.get('device') ?? 'auto', devices, '--device'),
    cache: args.get('cache'),
    python: args.get('python'),
    yes: args.has('yes'),
  };
}

function readModels(written: string | undefined, known: readonly string[]): readonly string[] {
  if (written === undefined) return known;
  const names = [...new Set(written.split(',').map((name) => name.trim()))];
  for (const name of names) {
    if (name === '') throw new UsageError('--models holds an empty name', 'for example --models owlv2,sam');
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    throw new UsageError(
      `there is no model "${printable(name)}"`,
      meant ? `did you mean "${meant}"?` : `the models are ${known.join(', ')}`,
    );
  }
  return names;
}

function oneOf<const Choice extends string>(written: string, choices: readonly Choice[], option: string): Choice {
  const chosen = choices.find((choice) => choice === written);
  if (chosen !== undefined) return chosen;
  throw new UsageError(
    `${option} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not "${printable(written)}"`,
  );
}

/** An empty variable says nothing. */
function readProfile(written: string | undefined, usual: string | undefined): Profile {
  if (written !== undefined) return oneOf(written, profiles, '--profile');
  return oneOf(usual || 'full', profiles, 'ATELIER_PROFILE');
}

/** Clients expect gRPC at the port after that of HTTP, as Triton has it by default. */
function readPorts(args: Arguments): Ports {
  const http = readPort(args, 'http-port') ?? 8000;
  const ports = {
    http,
    grpc: readPort(args, 'grpc-port') ?? http + 1,
    metrics: readPort(args, 'metrics-port') ?? http + 2,
  };
  if (new Set(Object.values(ports)).size < 3) {
    throw new UsageError(`two of the ports are the same: ${Object.values(ports).join(', ')}`, 'each needs its own');
  }
  if (Math.max(...Object.values(ports)) > 65_535) {
    throw new UsageError(`there is no port above 65535`, 'the ports of gRPC and metrics follow that of HTTP');
  }
  return ports;
}

function readPort(args: Arguments, option: string): number | undefined {
  const written = args.get(option);
  if (written === undefined) return undefined;
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(
    `--${option} must be a port from 1 to 65535, not "${printable(written)}"`,
    `for example --${option} 9000`,
  );
}

function readHost(written = '127.0.0.1'): string {
  if (isIP(written) !== 0) return written;
  if (written === 'localhost') return '127.0.0.1';
  throw new UsageError(`--host must be an IP address, not "${printable(written)}"`, 'for example --host 0.0.0.0');
}

export const isLoopback = (host: string): boolean => host === '::1' || host.startsWith('127.');
