import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { build } from 'esbuild';
import { type Browser, type Frame, launch, type Page } from 'puppeteer-core';
import type { HostSettings, Said } from './host-settings.ts';

/** A host in a real browser, on a real server. */
export interface TestHost {
  readonly page: Page;
  /** Requests that came from the viewer's own frame. */
  readonly requests: readonly string[];
  /** What the browser complains about in the viewer: refused scripts, errors. */
  readonly complaints: string[];
  /** Calls a tool and shows its result in the viewer; the viewer's frame. */
  open(tool: string, input: Record<string, unknown>, settings?: HostSettings): Promise<Frame>;
  /** What the viewer said to its host since it was opened, of one method. */
  said(method: string): Promise<readonly Said['params'][]>;
}

export interface TestHosts {
  newHost(width?: number): Promise<TestHost>;
  close(): Promise<void>;
}

export async function testHosts(chromium: string, makeServer: () => McpServer): Promise<TestHosts> {
  const [script, browser] = await Promise.all([hostScript(), startBrowser(chromium)]);
  const server = await serve(script, makeServer);
  // The address of a listening server is no string but on a socket file.
  const { port } = server.address() as AddressInfo;
  return {
    newHost: async (width = 640) => openHost(await browser.newPage(), `http://127.0.0.1:${port}/`, width),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function hostScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../viewer/__fixtures__/host-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** No sandbox of its own: as root, in a container, it has none to use. The pages are ours. */
const startBrowser = (executablePath: string): Promise<Browser> =>
  launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });

async function serve(script: string, makeServer: () => McpServer): Promise<Server> {
  const mcp = toNodeHandler(createMcpHandler(makeServer));
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/mcp')) return void mcp(request, response);
    const isScript = request.url === '/host.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const page =
  '<!doctype html><html><body style="margin:0"><script type="module" src="/host.js"></script><link rel="icon" href="data:,"></body></html>';

async function openHost(tab: Page, url: string, width: number): Promise<TestHost> {
  const requests: string[] = [];
  const complaints: string[] = [];
  await tab.setViewport({ width, height: 900 });
  await tab.setRequestInterception(true);
  tab.on('request', (request) => {
    const isViewer = request.frame() !== tab.mainFrame();
    // Its pictures are data URLs, which leave no machine.
    if (isViewer && !/^(?:data|about):/.test(request.url())) requests.push(request.url());
    void request.continue();
  });
  tab.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url?.startsWith('http')) complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(String(error)));
  await tab.goto(url);
  await tab.waitForFunction(() => 'testHost' in globalThis);
  return {
    page: tab,
    requests,
    complaints,
    async open(tool, input, settings = {}) {
      await tab.evaluate((...given) => globalThis.testHost.open(...given), tool, input, settings);
      const frame = tab.frames().find((one) => one !== tab.mainFrame());
      if (!frame) throw new Error('The viewer has no frame.');
      await frame.waitForSelector('h1');
      return frame;
    },
    async said(method) {
      const all: readonly Said[] = await tab.evaluate(() => globalThis.testHost.said);
      return all.filter((one) => one.method === method).map(({ params }) => params);
    },
  };
}
