import type { PictureInfo } from '../workshop/workshop.ts';
import { callFactsKey } from './viewer/result/call-facts-key.ts';

/** The one page that shows results in hosts with MCP Apps. */
export const viewerUri = 'ui://atelier/viewer.html';

/** How hosts tell a page to show from HTML to read. */
export const viewerMediaType = 'text/html;profile=mcp-app';

/** `_meta` of the tools whose results the viewer shows. The second key is the one that hosts of before 2026 read. */
export const appMeta: Readonly<Record<string, unknown>> = {
  ui: { resourceUri: viewerUri, visibility: ['model', 'app'] },
  'ui/resourceUri': viewerUri,
};

/** What the viewer has to know about the call that a result came from, and models need not. */
export interface CallFacts {
  readonly tool: string;
  /** The picture it was called with; for an edit: the picture before it. */
  readonly image?: PictureInfo | undefined;
  readonly session?: string | undefined;
}

/** `_meta` of a result. The viewer works without it as far as the call itself tells. */
export const callMeta = (facts: CallFacts): Record<string, unknown> => ({ [callFactsKey]: facts });
