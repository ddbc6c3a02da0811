import { createRoute, z } from '@hono/zod-openapi';
import { docsPage, docsPolicy } from './docs/page.ts';
import { openApiDocument } from './openapi-document.ts';
import type { AtelierHono } from './route-context.ts';

const openApiRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  tags: ['Operations'],
  summary: 'This reference for machines (OpenAPI 3.1)',
  security: [],
  responses: {
    200: {
      description: 'The document.',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
});

const docsRoute = createRoute({
  method: 'get',
  path: '/docs',
  tags: ['Operations'],
  summary: 'This reference for people',
  security: [],
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
});

/** GET /openapi.json and /docs, from the routes that are registered. */
export function registerDocsRoutes(app: AtelierHono): void {
  const remember = remembered();
  // Typed by its schema, the document would be made anew for each request.
  app.openAPIRegistry.registerPath(openApiRoute);
  app.get(openApiRoute.getRoutingPath(), (c) => {
    const origin = c.get('origin');
    const json = remember(`json ${origin}`, () => JSON.stringify(openApiDocument(app, origin)));
    return new Response(json, { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' } });
  });
  app.openapi(docsRoute, (c) => {
    const origin = c.get('origin');
    const html = remember(`html ${origin}`, () => docsPage(openApiDocument(app, origin)));
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': docsPolicy,
    };
    return new Response(html, { headers });
  });
}

/** Made once for each of the few origins that a server has; with hosts of any name, the latest are kept. */
function remembered(): (key: string, make: () => string) => string {
  const known = new Map<string, string>();
  return (key, make) => {
    const text = known.get(key) ?? make();
    known.delete(key);
    known.set(key, text);
    const [oldest] = known.keys();
    if (known.size > 8 && oldest !== undefined) known.delete(oldest);
    return text;
  };
}
