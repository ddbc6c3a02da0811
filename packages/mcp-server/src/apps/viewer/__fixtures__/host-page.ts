import { Client, StreamableHTTPClientTransport, type Tool } from '@modelcontextprotocol/client';
import { AppBridge, getToolUiResourceUri, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { HostSettings, PageHost } from '../../__fixtures__/host-settings.ts';

const said: PageHost['said'] = [];
const client = new Client({ name: 'test-host', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
let bridge: AppBridge | undefined;

/** What the MCP Apps specification has hosts enforce for a page that asks for no domains. */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

/** A host as the specification describes it: the tool's page in a sandbox, the call, its input, its result. */
async function open(name: string, input: Record<string, unknown>, settings: HostSettings = {}): Promise<void> {
  const { tools } = await client.listTools();
  const tool = tools.find((one) => one.name === name);
  const uri = tool && getToolUiResourceUri(tool);
  if (!tool || uri === undefined) throw new Error(`${name} has no page.`);
  const { contents } = await client.readResource({ uri });
  const [page] = contents;
  if (!page || !('text' in page) || page.mimeType !== 'text/html;profile=mcp-app') throw new Error('No page.');
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.style.cssText = 'border:0;width:100%;height:100px;display:block';
  document.body.replaceChildren(frame);
  bridge = bridgeOf(tool, settings);
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  };
  const window = frame.contentWindow;
  if (!window) throw new Error('No window.');
  const ready = new Promise<void>((resolve) => bridge?.addEventListener('initialized', () => resolve()));
  await bridge.connect(new PostMessageTransport(window, window));
  frame.srcdoc = settings.isLax
    ? page.text
    : page.text.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
  await ready;
  await bridge.sendToolInput({ arguments: input });
  const result = await client.callTool({ name: settings.calls ?? name, arguments: input });
  await bridge.sendToolResult(result);
}

function bridgeOf(tool: Tool, settings: HostSettings): AppBridge {
  const { locale = 'en-US', theme = 'light', without = [], hidesTool, hasFullscreen } = settings;
  const capabilities = Object.fromEntries(
    (['serverTools', 'serverResources', 'updateModelContext'] as const)
      .filter((name) => !without.includes(name))
      .map((name) => [name, {}]),
  );
  const made = new AppBridge(client, { name: 'test-host', version: '1.0.0' }, capabilities, {
    hostContext: {
      locale,
      theme,
      ...(hidesTool ? {} : { toolInfo: { tool } }),
      ...(hasFullscreen ? { displayMode: 'inline', availableDisplayModes: ['inline', 'fullscreen'] } : {}),
    },
  });
  made.onupdatemodelcontext = async () => ({});
  made.onrequestdisplaymode = async ({ mode }) => {
    made.setHostContext({ displayMode: mode });
    return { mode };
  };
  return made;
}

// Written down as it comes over the wire, before the bridge reads it.
window.addEventListener('message', ({ data }: MessageEvent<Partial<PageHost['said'][number]>>) => {
  if (typeof data.method === 'string') said.push({ method: data.method, params: data.params ?? {} });
});

await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', location.href)));
globalThis.testHost = {
  said,
  open,
  change: (context) => void bridge?.sendHostContextChange(context),
};
