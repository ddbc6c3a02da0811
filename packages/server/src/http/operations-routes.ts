import { createRoute, z } from '@hono/zod-openapi';
import { isForwarded } from '../auth/forwarded.ts';
import { authenticate } from './guards/callers.ts';
import { isLoopbackHost } from './guards/hosts.ts';
import type { AppContext, AtelierHono } from './route-context.ts';
import { errorResponses } from './schemas.ts';
import { withoutAddresses, withoutPaths } from './scrub.ts';

const tags = ['Operations'];

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Whether the process lives',
  security: [],
  responses: {
    200: {
      description: 'It does.',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok') }).openapi('Health') } },
    },
  },
});

const missingSchema = z.array(z.string());

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Whether it can serve',
  security: [],
  responses: {
    200: {
      description: 'Everything is there.',
      content: {
        'application/json': {
          schema: z.object({ status: z.literal('ready'), missing: missingSchema }).openapi('Ready'),
        },
      },
    },
    503: {
      description: 'Something is missing: `missing` says what.',
      content: {
        'application/json': {
          schema: z.object({ status: z.literal('not-ready'), missing: missingSchema }).openapi('NotReady'),
        },
      },
    },
  },
});

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Figures for Prometheus',
  description: 'For callers on this machine, where it is known under no other names; others need a key.',
  security: [],
  responses: {
    200: { description: 'Prometheus text.', content: { 'text/plain': { schema: z.string() } } },
    ...errorResponses,
  },
});

/** GET /healthz, /readyz, /metrics. */
export function registerOperationsRoutes(app: AtelierHono): void {
  app.openapi(healthRoute, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(readyRoute, async (c) => {
    const missing = await missingOf(c);
    if (missing.length === 0) return c.json({ status: 'ready' as const, missing }, 200);
    return c.json({ status: 'not-ready' as const, missing }, 503, { 'retry-after': '5' });
  });
  app.openapi(metricsRoute, async (c) => {
    if (!isFromThisMachine(c)) await authenticate(c);
    const { metrics } = c.get('services');
    return c.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType });
  });
}

/** Sentences are for operators, but anybody may ask: they name no address and no file. */
async function missingOf(c: AppContext): Promise<string[]> {
  const { missing, logger } = c.get('services');
  try {
    return (await missing()).map((sentence) => withoutAddresses(withoutPaths(sentence)));
  } catch (error) {
    logger.warn({ err: error, requestId: c.get('requestId') }, 'it could not be found out what is missing');
    return ['What is missing could not be found out: see the log.'];
  }
}

/**
 * Not what a proxy on this machine brings from elsewhere. Where the server is known under other names than this machine's own
 * there is such a proxy, and it may well write a `Host` of its own: then nobody is taken for being here.
 */
function isFromThisMachine(c: AppContext): boolean {
  const address = c.env?.address?.replace(/^::ffff:/i, '');
  if (address !== '::1' && !address?.startsWith('127.')) return false;
  const { publicUrl, allowedHosts } = c.get('services').settings;
  const named = publicUrl === undefined ? allowedHosts : [...allowedHosts, new URL(publicUrl).host];
  if (!named.every(isLoopbackName) || isForwarded(c.req.raw.headers)) return false;
  return isLoopbackName(c.req.header('host') ?? new URL(c.req.url).host);
}

/** Of a host, with a port or without one. */
const isLoopbackName = (host: string): boolean => isLoopbackHost(URL.parse(`http://${host}`)?.hostname ?? '');
