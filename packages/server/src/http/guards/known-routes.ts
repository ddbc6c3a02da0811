import { AtelierError } from '@atelier/sdk/errors';
import type { MiddlewareHandler } from 'hono';
import { withStatus } from '../errors.ts';
import { problemResponse } from '../problem-response.ts';
import type { RouteEnvironment } from '../route-context.ts';
import type { RouteTable } from '../route-table.ts';

/** Answers what no route answers: 404, 405 with `Allow`, and OPTIONS. It comes before authentication: routes are no secret. */
export const knownRoutes =
  (routes: RouteTable): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const known = routes.find(c.req.path);
    if (!known) throw noSuchRoute();
    if (known.methods.has(c.req.method)) return next();
    const allow = [...known.methods, 'OPTIONS'].join(', ');
    const response =
      c.req.method === 'OPTIONS' ? new Response(null, { status: 204 }) : problemResponse(c, wrongMethod(allow));
    response.headers.set('allow', allow);
    return response;
  };

export const noSuchRoute = (): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: 'There is nothing at this address.',
    hint: 'The reference is at /docs.',
  });

const wrongMethod = (allow: string): AtelierError =>
  withStatus(
    new AtelierError({
      code: 'invalid-input',
      message: 'This address does not take that method.',
      hint: `It takes ${allow}.`,
    }),
    405,
  );
