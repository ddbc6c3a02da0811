import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createMCPClient, type MCPTransport } from '@ai-sdk/mcp';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import type { ModelMessage, ToolSet } from 'ai';
import { createMcpApp } from '../src/app.ts';
import { inProcessWorkshops } from '../src/workshop/in-process/in-process-workshops.ts';
import type { Principal } from '../src/workshop/workshop.ts';
import { type EvalRow, photoUrl } from './eval-row.ts';

/** What a host gives its model: the server's tools, its instructions, and what was said so far. */
export interface McpHost {
  /** As the server lists them. They are not run: what matters is which one is called. */
  readonly tools: ToolSet;
  readonly instructions: string;
  /** The dialogue up to the row's request. What was done earlier is done, by the built-in planner. */
  dialogue(row: EvalRow): Promise<ModelMessage[]>;
  close(): Promise<void>;
}

const principal: Principal = { scope: 'default', may: { look: true, edit: true } };

/** The shipped server over the local backend, in this process. */
export async function openMcpHost(): Promise<McpHost> {
  const photos = fileURLToPath(photoUrl(''));
  const studio = atelier({ backends: [local()], brain: planner(), roots: [photos] });
  const workshops = inProcessWorkshops({ studio: async () => studio, approve: 'never' });
  const app = createMcpApp({ workshops, roots: [photos], output: tmpdir() });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await app.makeServer({ principal, era: 'legacy', lifetime: 'connection' }).connect(far);
  // Two packages' names for the same three methods; their messages' types differ in optional members alone.
  const client = await createMCPClient({ transport: near as unknown as MCPTransport });
  const workshop = workshops.of(principal);
  return {
    tools: withoutHands(await client.tools()),
    instructions: client.instructions ?? '',
    async dialogue({ photo, earlier, request }) {
      const { id, width, height } = await workshop.takeBytes(await readFile(photoUrl(photo)));
      const picture = `The picture is ${id}, ${width} x ${height} pixels, loaded from photos/${photo}.`;
      if (earlier === undefined) return [{ role: 'user', content: `${picture}\n\n${request}` }];
      const started = await workshop.jobs.start({ prompt: earlier, image: id });
      const { answer, image, edits } = await workshop.jobs.follow(started.id);
      const done = `${answer} The picture is ${image} now (edit ${edits.map(({ id }) => id).join(', ')}).`;
      return [
        { role: 'user', content: `${picture}\n\n${earlier}` },
        { role: 'assistant', content: done },
        { role: 'user', content: request },
      ];
    },
    async close() {
      await client.close();
      await app.close();
    },
  };
}

const withoutHands = (tools: ToolSet): ToolSet =>
  Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, { ...tool, execute: undefined }]));
