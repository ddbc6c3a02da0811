import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { McpApp } from '../app.ts';
import type { Principal } from '../workshop/workshop.ts';

const owner: Principal = { scope: 'default', may: { look: true, edit: true }, session: 'desk' };

/** A host of 2025 on one connection, and how long the messages to it are. */
export async function tappedHost(app: McpApp) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  let longest = 0;
  const send = far.send.bind(far);
  far.send = (message, options) => {
    longest = Math.max(longest, Buffer.byteLength(JSON.stringify(message)) + 1);
    return send(message, options);
  };
  await app.makeServer({ principal: owner, era: 'legacy', lifetime: 'connection' }).connect(far);
  const client = new Client({ name: 'host', version: '1.0.0' });
  await client.connect(near);
  return {
    client,
    /** Calls a tool; `bytes` is what its longest message takes on the wire, the line's end included. */
    async call(name: string, input: Readonly<Record<string, unknown>>) {
      longest = 0;
      const { structuredContent, content, isError = false } = await client.callTool({ name, arguments: { ...input } });
      return {
        output: (structuredContent ?? {}) as Readonly<Record<string, unknown>>,
        content,
        isError,
        bytes: longest,
      };
    },
    close: () => client.close(),
  };
}
