import { withTuples } from './docs/tuples.ts';
import type { AtelierHono } from './route-context.ts';

type OpenApiDocument = ReturnType<AtelierHono['getOpenAPI31Document']>;

const description = [
  'Changes photographs by words, and proves what it changed. A request makes a **job**; the job tells its progress as',
  '**events**, may ask a question, and ends in exactly one final state, also when processes die meanwhile.',
  '',
  'Send your key with every request: `Authorization: Bearer atl_...`. Errors of all routes have one form, with a stable',
  '`code`, a `message` and often a `hint`.',
].join('\n');

/** The OpenAPI 3.1 document of all routes that are registered. `origin` has no slash at the end; '' is "where this came from". */
export const openApiDocument = (app: AtelierHono, origin: string): OpenApiDocument =>
  withTuples(
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Atelier agent API',
        version: '1',
        description,
        license: { name: 'Apache-2.0' },
      },
      servers: [{ url: origin === '' ? '/' : origin }],
      security: [{ bearer: [] }],
      tags: [
        { name: 'Jobs', description: 'Say what is to be done, watch it happen, answer what is asked.' },
        { name: 'Chat', description: 'Jobs as AI SDK UI message streams.' },
        { name: 'Images', description: 'Pictures and masks by content id.' },
        { name: 'Sessions', description: 'What belongs together: pictures, edits, undo, branches.' },
        { name: 'Vision', description: 'The capabilities themselves, without the agent.' },
        {
          name: 'Tools',
          description: 'What the agent calls, for agents of your own: ids in, ids out, kept in a session.',
        },
        { name: 'Operations', description: 'For those who run it.' },
      ],
    }),
  );

/** How callers authenticate, as the document tells it. */
export function registerSecurity(app: AtelierHono): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (`atelier keys create`), or a token of your identity provider.',
  });
}
