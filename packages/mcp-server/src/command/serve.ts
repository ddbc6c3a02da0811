import { setTimeout } from 'node:timers/promises';
import { createMcpApp, type McpAppOptions } from '../app.ts';
import type { ServeChoice } from './choice.ts';
import type { CommandIo } from './main.ts';
import { allowedUrls } from './open-studio.ts';
import { openWorkshops } from './open-workshops.ts';
import { serveOverStdio } from './serve-over-stdio.ts';

/** Milliseconds in which work must have stopped: a host that has gone waits for nobody. */
const closingMs = 5000;

/** Serves until the host has gone or the signal fires, then closes everything. */
export async function serve(choice: ServeChoice, io: CommandIo): Promise<void> {
  const workshops = await openWorkshops(choice);
  const { roots, output, images, approve, language } = choice;
  const urls = choice.urlHosts.length === 0 ? undefined : allowedUrls(choice.urlHosts);
  const options: McpAppOptions = { workshops, roots, output, images, approve, language, urls };
  try {
    if (choice.http === undefined) await serveOverStdio(createMcpApp(options), choice, io);
    else await (await import('./serve-over-http.ts')).serveOverHttp(options, choice, choice.http, io);
  } finally {
    await Promise.race([workshops.close(), setTimeout(closingMs, undefined, { ref: false })]);
  }
}
