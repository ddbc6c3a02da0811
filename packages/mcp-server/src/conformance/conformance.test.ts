import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpServer } from '../http/http-options.ts';
import { serveHttp } from '../http/serve-http.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import { fixtureServers } from './__fixtures__/fixture-server.ts';
import { requirementsOf, runSuite } from './__fixtures__/run-suite.ts';

interface Case {
  readonly revision: string;
  /** Whether hosts of 2025 get sessions. */
  readonly legacySessions: boolean;
  /** What is scored and fails. */
  readonly scoredFailures: readonly string[];
  /** What is run, never scored, and fails. */
  readonly unscoredFailures: readonly string[];
}

/** A line that is no longer true fails. */
const cases: readonly Case[] = [
  { revision: '2025-11-25', legacySessions: true, scoredFailures: [], unscoredFailures: [] },
  {
    revision: '2026-07-28',
    legacySessions: true,
    scoredFailures: [],
    // The extension for tasks, which the SDK's server does not have.
    unscoredFailures: [
      'tasks-capability-negotiation',
      'tasks-dispatch-and-envelope',
      'tasks-lifecycle',
      'tasks-mrtr-composition',
      'tasks-mrtr-input',
      'tasks-request-headers',
      'tasks-request-state-removal',
      'tasks-required-task-error',
      'tasks-wire-fields',
    ],
  },
  {
    revision: '2025-11-25',
    legacySessions: false,
    // What a server asks a host of 2025 comes back in another request, to a server that has kept nothing.
    scoredFailures: [
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'tools-call-elicitation',
      'tools-call-sampling',
    ],
    unscoredFailures: [],
  },
];

describe.each(cases)('our hosting, $revision, sessions: $legacySessions', (expected) => {
  const { revision, legacySessions } = expected;
  let server: HttpServer;
  beforeAll(async () => {
    const workshops = inProcessWorkshops({
      studio: () => Promise.reject(new Error('The fixtures need no studio.')),
      approve: 'never',
    });
    server = await serveHttp({
      makeServer: fixtureServers(),
      workshops,
      port: 0,
      legacySessions,
      onerror: () => {},
    });
  });
  afterAll(() => server.close({ graceMs: 0 }));

  it('fails at nothing but what is listed', async () => {
    const results = await runSuite(server.url, { requirements: revision });
    const { scored, unscored } = await requirementsOf(revision);
    expect(scored.length).toBeGreaterThanOrEqual(30);
    expect([...results.keys()].sort()).toEqual([...scored, ...unscored].sort());
    const failed = new Map([...results].filter(([, { failures }]) => failures.length > 0));
    const namesIn = (list: readonly string[]) => list.filter((name) => failed.has(name)).sort();
    expect(namesIn(scored), JSON.stringify([...failed], null, 1)).toEqual(expected.scoredFailures);
    expect(namesIn(unscored)).toEqual(expected.unscoredFailures);
  });
});
