import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local, planner } from '@atelier/local';
import { atelier, fileAssetStore, fileHistoryStore } from '@atelier/sdk';
import type { Principal, ToolCall, Workshop } from '../../workshop.ts';
import { inProcessWorkshops } from '../in-process-workshops.ts';

export const photo = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../../../../photos/${name}`, import.meta.url));

export const caller = (session?: string, scope = 'default'): Principal => ({
  scope,
  may: { look: true, edit: true },
  session,
});

/** Processes over one data folder, as several hosts on one machine start them. */
export async function sharedData() {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-workshops-'));
  const closing: (() => Promise<void>)[] = [];
  return {
    folder,
    /** Workshops of one more process. */
    process() {
      const studio = async () =>
        atelier({
          backends: [local({ threads: 1 })],
          brain: planner(),
          assets: fileAssetStore(join(folder, 'assets')),
          history: fileHistoryStore(join(folder, 'sessions')),
        });
      const workshops = inProcessWorkshops({ studio, folder, approve: 'never' });
      closing.push(() => workshops.close());
      return workshops;
    },
    async close() {
      for (const close of closing) await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Call = Pick<ToolCall, 'session' | 'signal'>;

export const brighten = (workshop: Workshop, image: string, call: Call = {}) =>
  workshop.call({
    ...call,
    tool: 'adjust_image',
    input: { image, operation: 'brighten', parameters: { amount: 0.2 }, region: 'everything' },
    language: 'en',
  });

export const undo = (workshop: Workshop, input: ToolCall['input'] = {}) =>
  workshop.call({ tool: 'undo_edit', input, language: 'en' });

export const look = (workshop: Workshop, image: string, call: Call = {}) =>
  workshop.call({ ...call, tool: 'ask_image', input: { image, question: 'How many cups are there?' }, language: 'en' });

/** The current picture of a session. */
export const currentIn = async (workshop: Workshop, session: string): Promise<string | null> =>
  (await workshop.history(session)).image;
