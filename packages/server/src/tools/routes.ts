import type { AtelierHono } from '../http/route-context.ts';
import { servedTools } from './call-schemas.ts';
import { callTool } from './call-tool.ts';
import { toolRoute } from './tool-routes.ts';

/** POST /tools/NAME: the SDK's tools, each as it is. */
export function registerToolRoutes(app: AtelierHono): void {
  for (const tool of servedTools) {
    app.openapi(toolRoute(tool), async (c) => {
      const { session, language, input } = c.req.valid('json');
      return c.json(await callTool(c, { tool: tool.name, input: { ...Object(input) }, session, language }), 200);
    });
  }
}
