import { AtelierError } from '@atelier/sdk/errors';
import type { AgentOptions } from './options.ts';
import type { Settings } from './services.ts';

const mebibyte = 1024 * 1024;

/** The options with their defaults. Throws `invalid-input` for numbers out of range. */
export function readSettings(options: AgentOptions): Settings {
  const { limits = {}, jobs = {} } = options;
  const settings: Settings = {
    publicUrl: options.publicUrl,
    imageUrls: options.imageUrls,
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
    logPrompts: options.logPrompts ?? false,
    limits: {
      maxImageBytes: limits.maxImageBytes ?? 10 * mebibyte,
      maxImagePixels: limits.maxImagePixels ?? 50_000_000,
      requestsPerMinute: limits.requestsPerMinute ?? 600,
      bodySeconds: limits.bodySeconds ?? 30,
      visionAtOnce: limits.visionAtOnce ?? 4,
    },
    jobs: {
      worker: jobs.worker ?? true,
      perWorker: jobs.perWorker ?? 4,
      atOnce: jobs.atOnce ?? 64,
      perTenant: jobs.perTenant ?? 16,
      queuedPerTenant: jobs.queuedPerTenant ?? 1000,
      waitingPerTenant: jobs.waitingPerTenant ?? 64,
      stepSeconds: jobs.stepSeconds ?? 300,
      deadlineSeconds: jobs.deadlineSeconds ?? 3600,
      answerSeconds: jobs.answerSeconds ?? 900,
      maxAttempts: jobs.maxAttempts ?? 10,
      retentionDays: jobs.retentionDays ?? 30,
      takeoverSeconds: jobs.takeoverSeconds ?? 10,
    },
  };
  for (const [name, value] of [...Object.entries(settings.limits), ...Object.entries(settings.jobs)]) {
    if (typeof value === 'number' && !(value > 0 && value < 1e12)) throw outOfRange(name, value);
  }
  if (settings.publicUrl !== undefined && !/^https?:$/.test(protocolOf(settings.publicUrl))) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `publicUrl is ${JSON.stringify(settings.publicUrl)}, which is no web address.`,
      hint: "Use the address that browsers use: 'https://atelier.example.org'.",
    });
  }
  return settings;
}

const protocolOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : '');

const outOfRange = (name: string, value: number): AtelierError =>
  new AtelierError({ code: 'invalid-input', message: `${name} is ${value}.`, hint: 'It is a number above 0.' });
