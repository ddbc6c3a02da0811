import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { GoldenHost, GoldenPlace } from '../golden-client.ts';
import { readAnswer, readFileContents } from './read-answer.ts';

const run = promisify(execFile);
const packageUrl = import.meta.resolve('@modelcontextprotocol/inspector/package.json');
const program = fileURLToPath(new URL('clients/launcher/build/index.js', packageUrl));

/** The inspector's command line: one process for each call, and over stdio a server for each. Nobody to ask. */
export const clientInspector: GoldenHost = {
  name: 'inspector',
  asks: { stdio: false, http: false },
  async connect(place) {
    // It keeps files in the home folder.
    const home = await mkdtemp(join(tmpdir(), 'inspector-'));
    const inspect = async (...parameters: readonly string[]): Promise<unknown> => {
      const all = [program, '--cli', ...targetOf(place), '--format', 'json', '--quiet', ...parameters];
      const { stdout } = await run(process.execPath, all, {
        env: { ...process.env, HOME: home, USERPROFILE: home },
        maxBuffer: 64 * 1024 * 1024,
        timeout: 60_000,
      });
      return printedSchema.parse(JSON.parse(stdout)).result;
    };
    return {
      asked: [],
      call: async (name, input) =>
        readAnswer(
          await inspect('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(input)),
        ),
      read: async (uri) => readFileContents(await inspect('--method', 'resources/read', '--uri', uri)),
      close: () => rm(home, { recursive: true, force: true }),
    };
  },
};

const targetOf = (place: GoldenPlace): readonly string[] =>
  place.over === 'http' ? [place.url] : [place.command, ...place.parameters];

const printedSchema = z.object({ result: z.unknown() });
