import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../database/database.ts';

/** Gauges of jobs: over all processes, by what an index alone can count, and of this one. */
export function addJobMetrics(registry: Registry, database: Database, atWork: () => number): void {
  byState(registry, database, {
    name: 'atelier_jobs_unfinished',
    help: 'Jobs that have not ended, by state, over all processes.',
    where: `state IN ('queued', 'running', 'waiting')`,
  });
  byState(registry, database, {
    name: 'atelier_jobs_ended_last_hour',
    help: 'Jobs that ended within the last hour, by state, over all processes.',
    where: `finished_at > now() - interval '1 hour'`,
  });
  new Gauge({
    name: 'atelier_jobs_at_work_here',
    help: 'Jobs at work in this process.',
    registers: [registry],
    collect() {
      this.set(atWork());
    },
  });
}

interface CountedJobs {
  readonly name: string;
  readonly help: string;
  /** SQL of this file alone. */
  readonly where: string;
}

function byState(registry: Registry, database: Database, { name, help, where }: CountedJobs): void {
  new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await database.query<{ state: string; jobs: number }>(
        `SELECT state, count(*)::int AS jobs FROM atelier.jobs WHERE ${where} GROUP BY state`,
      );
      this.reset();
      for (const { state, jobs } of rows) this.set({ state }, jobs);
    },
  });
}
