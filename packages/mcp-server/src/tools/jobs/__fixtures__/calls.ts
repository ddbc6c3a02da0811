import { fileURLToPath } from 'node:url';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { type InputRequiredResult, inputRequired } from '@modelcontextprotocol/server';
import type { McpSettings } from '../../../options.ts';
import type { PersonAnswer, PersonQuestion } from '../../../people/people.ts';
import { inProcessWorkshops } from '../../../workshop/in-process/in-process-workshops.ts';
import type { Workshop, Workshops } from '../../../workshop/workshop.ts';
import type { McpCall, McpTool, ToolReply } from '../../mcp-tool.ts';

const photos = fileURLToPath(new URL('../../../../../../photos/', import.meta.url));
export const photo = (name: string): string => `${photos}${name}`;

/** Tools that work, in this process. */
export const openWorkshops = (approve: 'edits' | 'never' = 'never'): Workshops =>
  inProcessWorkshops({
    studio: async () => atelier({ backends: [local({ threads: 1 })], brain: planner() }),
    approve,
  });

const settings: McpSettings = {
  images: 'on',
  language: 'en',
  roots: [photos],
  urls: () => false,
  output: undefined,
  approve: 'never',
  resultBytes: 256 * 1024,
  dataUrlBytes: 1024 * 1024,
  resourceBytes: 7 * 1024 * 1024,
  waitMs: 50_000,
  secret: new Uint8Array(32),
  uploads: undefined,
};

export interface Host {
  /** A call of a tool, in a form that a test may change. */
  call(changes?: CallChanges): McpCall;
  /** What was put to the person. */
  readonly asked: PersonQuestion[];
  readonly told: string[];
}

interface CallChanges {
  readonly canAsk?: boolean;
  /** What the person answered to the latest question. */
  readonly answer?: PersonAnswer;
  readonly signal?: AbortSignal;
  readonly waitMs?: number;
  readonly abortMeans?: McpCall['abortMeans'];
}

/** A host with one person in front of it. */
export function openHost(workshop: Workshop): Host {
  const asked: PersonQuestion[] = [];
  const told: string[] = [];
  return {
    asked,
    told,
    call: ({
      canAsk = false,
      answer,
      signal = new AbortController().signal,
      waitMs = 50_000,
      abortMeans = 'stop',
    } = {}) => ({
      workshop,
      settings: { ...settings, waitMs },
      principal: { scope: 'tests', may: { look: true, edit: true } },
      language: 'en',
      signal,
      abortMeans,
      tell: (_fraction, message) => told.push(message),
      people: {
        canAsk,
        state: answer && asked.at(-1)?.state,
        answer: (key) => (key === asked.at(-1)?.key ? answer : undefined),
        ask: async (question): Promise<InputRequiredResult> => {
          asked.push(question);
          return inputRequired({ requestState: 'tests' });
        },
      },
    }),
  };
}

/** Calls a tool as the server does, its input checked, and takes a reply for granted. */
export async function reply(tool: McpTool, input: unknown, call: McpCall): Promise<ToolReply> {
  const result = await tool.handle(tool.inputSchema.parse(input), call);
  if (!('output' in result)) throw new Error('It asks the person.');
  const told = result as ToolReply;
  tool.outputSchema.parse(told.output);
  return told;
}
