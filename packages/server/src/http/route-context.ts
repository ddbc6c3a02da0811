import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Principal } from '../auth/principal.ts';
import type { Services } from '../services.ts';
import { errorOfIssues } from './errors.ts';

/** What middleware has found out before a route runs. */
export interface RouteVariables {
  readonly services: Services;
  /** Who asks. Not set on routes that anybody may call. */
  principal: Principal;
  requestId: string;
  /** What URLs in answers begin with, without a slash at the end: `publicUrl`, or the request's own origin. */
  origin: string;
}

export interface RouteEnvironment {
  Bindings: {
    /** The caller's IP address, where the host of the app knows it. */
    readonly address?: string | undefined;
  };
  Variables: RouteVariables;
}

/** What a route's handler gets: `c.get('services')`, `c.get('principal')`, `c.get('requestId')`, `c.get('origin')`. */
export type AppContext = Context<RouteEnvironment>;

/** The app that `register...Routes` functions add to. What a route's schema refuses throws `invalid-input` with the paths. */
export type AtelierHono = OpenAPIHono<RouteEnvironment>;

export const newAtelierHono = (): AtelierHono =>
  new OpenAPIHono<RouteEnvironment>({
    defaultHook: (result) => {
      if (!result.success) throw errorOfIssues(result.error, result.target);
    },
  });
