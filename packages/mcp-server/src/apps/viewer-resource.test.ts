import { createHash } from 'node:crypto';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { McpServer } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { appMeta, viewerUri } from './app-meta.ts';
import { registerApps } from './register-apps.ts';
import { viewerHtml } from './viewer-html.ts';

async function readViewer(language: 'en' | 'ko') {
  const server = new McpServer({ name: 'test', version: '1.0.0' });
  registerApps(server, { language });
  const client = new Client({ name: 'host', version: '1.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  const { resources } = await client.listResources();
  const { contents } = await client.readResource({ uri: viewerUri });
  await client.close();
  const [content] = contents;
  return { listed: resources, content, text: content && 'text' in content ? content.text : '' };
}

describe("the viewer's resource", () => {
  it('is listed and read as a page of MCP Apps that asks for no network', async () => {
    const { listed, content } = await readViewer('en');
    const asks = { ui: { csp: {}, prefersBorder: true } };
    expect(listed).toMatchObject([{ uri: viewerUri, mimeType: 'text/html;profile=mcp-app', _meta: asks }]);
    expect(content).toMatchObject({ uri: viewerUri, mimeType: 'text/html;profile=mcp-app', _meta: asks });
  });

  it('is what the tools name, for hosts of both ways to say it', () => {
    expect(appMeta).toEqual({
      ui: { resourceUri: viewerUri, visibility: ['model', 'app'] },
      'ui/resourceUri': viewerUri,
    });
  });

  it("speaks the server's language where the host tells none", async () => {
    expect((await readViewer('en')).text).toContain('<html lang="en">');
    expect((await readViewer('ko')).text).toContain('<html lang="ko">');
  });

  it('is one small file that loads nothing and runs nothing but its own script', async () => {
    const page = await viewerHtml();
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(64 * 1024);
    expect(page).not.toMatch(/(?:src|href)\s*=\s*["']?\s*(?:https?:|\/)|@import|url\(/i);
    const [, script = ''] = /<script>(.*)<\/script>/s.exec(page) ?? [];
    expect(script.length).toBeGreaterThan(10_000);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(
      `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:;`,
    );
    expect(page.split('<script').length).toBe(2);
  });
});
