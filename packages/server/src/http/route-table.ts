import { TrieRouter } from 'hono/router/trie-router';
import type { AtelierHono } from './route-context.ts';

/** What there is at a path. */
export interface KnownPath {
  /** `/jobs/:id`: for metrics, logs and decisions, where the path itself is the caller's text. */
  readonly pattern: string;
  /** In the form of an `Allow` header's parts; HEAD goes with GET. */
  readonly methods: ReadonlySet<string>;
  /** Methods that anybody may use: their route says `security: []`. */
  readonly open: ReadonlySet<string>;
}

export interface RouteTable {
  find(path: string): KnownPath | undefined;
}

interface Entry {
  readonly pattern: string;
  readonly methods: Set<string>;
  readonly open: Set<string>;
}

/** What an app serves. Read at the first question, when all routes are registered. */
export function routeTable(app: AtelierHono): RouteTable {
  let router: TrieRouter<Entry> | undefined;
  return {
    find(path) {
      router ??= build(app);
      const [[first] = []] = router.match('ALL', path);
      return first?.[0];
    },
  };
}

function build(app: AtelierHono): TrieRouter<Entry> {
  const entries = new Map<string, Entry>();
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue;
    const entry = entries.get(path) ?? { pattern: path, methods: new Set(), open: new Set() };
    entries.set(path, entry);
    for (const name of withHead(method)) entry.methods.add(name);
  }
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route' || definition.route.security?.length !== 0) continue;
    const entry = entries.get(definition.route.path.replaceAll(/\{(.+?)\}/g, ':$1'));
    for (const name of withHead(definition.route.method.toUpperCase())) entry?.open.add(name);
  }
  const router = new TrieRouter<Entry>();
  for (const [path, entry] of entries) router.add('ALL', path, entry);
  return router;
}

const withHead = (method: string): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);
