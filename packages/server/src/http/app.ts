import { registerChatRoutes } from '../chat/routes.ts';
import { registerImageRoutes } from '../images/routes.ts';
import type { Services } from '../services.ts';
import { registerSessionRoutes } from '../sessions/routes.ts';
import { registerToolRoutes } from '../tools/routes.ts';
import { registerVisionRoutes } from '../vision/routes.ts';
import { registerDocsRoutes } from './docs-routes.ts';
import { bodyGuard } from './guards/bodies.ts';
import { callerGuard } from './guards/callers.ts';
import { hostGuard } from './guards/hosts.ts';
import { knownRoutes, noSuchRoute } from './guards/known-routes.ts';
import { originGuard } from './guards/origins.ts';
import { requestContext } from './guards/request-context.ts';
import { requestLog } from './guards/request-log.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { registerJobRoutes } from './jobs-routes.ts';
import { openApiDocument, registerSecurity } from './openapi-document.ts';
import { registerOperationsRoutes } from './operations-routes.ts';
import { problemResponse } from './problem-response.ts';
import { requestMetrics } from './request-metrics.ts';
import { newAtelierHono } from './route-context.ts';
import { routeTable } from './route-table.ts';

/** What the host of the app knows about a request and the request does not say. */
export interface RequestInfo {
  /** The caller's IP address: for limits on failed logins, and /metrics on this machine. */
  readonly address?: string | undefined;
}

/** All routes behind all guards, as one web-standard handler. */
export function createHttpApp(services: Services): {
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /** The OpenAPI 3.1 document. */
  openApi(): object;
} {
  const { settings } = services;
  const app = newAtelierHono();
  const routes = routeTable(app);
  const metrics = requestMetrics(services.metrics);
  app.onError((error, c) => problemResponse(c, error));
  app.notFound((c) => problemResponse(c, noSuchRoute()));
  // Each sees what those after it answer; cheap refusals come first, and no body is read for callers who may not ask.
  app.use(
    requestContext(services),
    requestLog(routes, metrics),
    securityHeaders(settings.publicUrl),
    hostGuard(settings),
    originGuard(settings, routes),
    knownRoutes(routes),
    callerGuard(routes),
    bodyGuard(settings.limits),
  );
  registerSecurity(app);
  registerJobRoutes(app, metrics);
  registerChatRoutes(app);
  registerImageRoutes(app);
  registerSessionRoutes(app);
  registerVisionRoutes(app);
  registerToolRoutes(app);
  registerOperationsRoutes(app);
  registerDocsRoutes(app);
  return {
    fetch: async (request, info = {}) => app.fetch(request, { address: info.address }),
    openApi: () => openApiDocument(app, settings.publicUrl?.replace(/\/+$/, '') ?? ''),
  };
}
