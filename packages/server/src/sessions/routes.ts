import type { AppContext, AtelierHono } from '../http/route-context.ts';
import { orCancelled } from '../images/or-cancelled.ts';
import { visionLine } from '../vision/vision-line.ts';
import { findSession, idleSession, storedSession } from './find-session.ts';
import { registerSessionList } from './list-sessions.ts';
import { getHistory, getRecipe, getSession, postBranch, postGoto, postUndo } from './session-routes.ts';
import { historyView, sessionView } from './session-view.ts';

/** GET /sessions, GET /sessions/{id} and its history and recipe; POST undo, goto and branch. */
export function registerSessionRoutes(app: AtelierHono): void {
  registerSessionList(app);
  app.openapi(getSession, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(sessionView(c, id, await findSession(c.get('services'), tenantOf(c), id)), 200);
  });
  app.openapi(getHistory, async (c) => {
    const { record } = await findSession(c.get('services'), tenantOf(c), c.req.valid('param').id);
    return c.json(historyView(c, record), 200);
  });
  app.openapi(getRecipe, async (c) => {
    const { id } = c.req.valid('param');
    await storedSession(c.get('services'), tenantOf(c), id);
    return c.json(await sessionOf(c, id).recipe(), 200);
  });
  app.openapi(postUndo, async (c) => {
    const { id } = c.req.valid('param');
    const { edit, later } = c.req.valid('json');
    const services = c.get('services');
    await idleSession(services, tenantOf(c), id);
    const { signal } = c.req.raw;
    // Later edits are painted again: as much work as a direct call.
    const result = await orCancelled(signal, () =>
      visionLine(services).run(() => sessionOf(c, id).undo(edit, { later, signal }), signal),
    );
    const { undone, replayed, stopped = null } = result;
    const session = sessionView(c, id, await findSession(services, tenantOf(c), id));
    return c.json({ ...session, undone, replayed: replayed.map((node) => node.id), stopped }, 200);
  });
  app.openapi(postGoto, async (c) => {
    const { id } = c.req.valid('param');
    const { edit } = c.req.valid('json');
    const services = c.get('services');
    await idleSession(services, tenantOf(c), id);
    await sessionOf(c, id).goTo(edit);
    return c.json(sessionView(c, id, await findSession(services, tenantOf(c), id)), 200);
  });
  app.openapi(postBranch, async (c) => {
    const services = c.get('services');
    const { id: from } = c.req.valid('param');
    const { at, id } = c.req.valid('json');
    await storedSession(services, tenantOf(c), from);
    const branch = await sessionOf(c, from).branch({ at, id });
    const found = await findSession(services, tenantOf(c), branch.id);
    return c.json(sessionView(c, branch.id, found), 201, { Location: `/sessions/${branch.id}` });
  });
}

const tenantOf = (c: AppContext): string => c.get('principal').tenant;

const sessionOf = (c: AppContext, id: string) => c.get('services').studioOf(tenantOf(c)).session({ id });
