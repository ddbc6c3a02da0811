import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMcpApp, type McpApp } from '../app.ts';
import type { HttpServer } from '../http/http-options.ts';
import { serveHttp } from '../http/serve-http.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import { runSuite } from './__fixtures__/run-suite.ts';

let app: McpApp;
let server: HttpServer;

beforeAll(async () => {
  const workshops = inProcessWorkshops({ studio: async () => atelier({ backends: [local()] }), approve: 'never' });
  app = createMcpApp({ workshops });
  server = await serveHttp({
    makeServer: ({ principal, requestContext: { era } }) => app.makeServer({ principal, era, lifetime: 'request' }),
    workshops,
    port: 0,
    onerror: () => {},
  });
});

afterAll(async () => {
  await server.close({ graceMs: 0 });
  await app.close();
});

/** Scenarios that any server can be asked, and how many of their checks must pass at least. The others call fixtures by name. */
const generic: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '2025-11-25': {
    'dns-rebinding-protection': 2,
    ping: 2,
    'prompts-list': 2,
    'resources-list': 2,
    'resources-subscribe': 2,
    'resources-unsubscribe': 2,
    'server-initialize': 2,
    'tools-list': 3,
  },
  '2026-07-28': {
    caching: 8,
    'dns-rebinding-protection': 2,
    'http-header-validation': 14,
    'input-required-result-unsupported-methods': 2,
    'prompts-list': 2,
    'resources-list': 2,
    'sep-2164-resource-not-found': 4,
    'server-sse-multiple-streams': 1,
    'tools-list': 4,
  },
};

describe.each(Object.entries(generic))('the server as it is shipped, %s', (revision, scenarios) => {
  it('passes every scenario that needs no fixtures', async () => {
    const results = await runSuite(server.url, { requirements: revision });
    const seen = Object.keys(scenarios).map((name) => [name, results.get(name)] as const);
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(Object.entries(scenarios).map(([name, passed]) => [name, { passed, failures: [] }])),
    );
    // What any server says goes by the schema of the revision, also where it is asked for what it has not.
    const faults = [...results.values()].flatMap(({ failures }) => failures).filter((why) => /wire-schema/.test(why));
    expect(faults).toEqual([]);
    const stateless = results.get('server-stateless');
    if (stateless) expect(stateless.failures.filter((why) => !/: Not testable: /.test(why))).toEqual([]);
    expect(stateless === undefined || stateless.passed >= 24).toBe(true);
  });
});
