import type { McpServer } from '@modelcontextprotocol/server';
import type { McpSettings } from '../options.ts';
import { viewerMediaType, viewerUri } from './app-meta.ts';
import { viewerHtml } from './viewer-html.ts';

/** It asks for no network at all, and for a frame around it. */
const viewerMeta = { ui: { csp: {}, prefersBorder: true } };

/** Registers the page that hosts with MCP Apps show results in. It speaks the host's language, and `settings.language` where the host tells none. */
export function registerApps(server: McpServer, settings: Pick<McpSettings, 'language'>): void {
  server.registerResource(
    'viewer',
    viewerUri,
    {
      title: 'Atelier viewer',
      description: 'For hosts with MCP Apps: choose between candidates, compare before and after, see what was found.',
      mimeType: viewerMediaType,
      _meta: viewerMeta,
    },
    async () => ({
      contents: [
        {
          uri: viewerUri,
          mimeType: viewerMediaType,
          text: (await viewerHtml()).replace('<html lang="en">', `<html lang="${settings.language}">`),
          _meta: viewerMeta,
        },
      ],
    }),
  );
}
