import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface RequestMetrics {
  /** Counts an answer, and the seconds until it began. */
  count(labels: { readonly method: string; readonly route: string; readonly status: number }, seconds: number): void;
  /** Streams of events that are open. */
  readonly streams: { inc(): void; dec(): void };
}

const known: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The metrics of HTTP in this registry; asked for twice, they are the same ones. */
export function requestMetrics(registry: Registry): RequestMetrics {
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = find(registry, 'atelier_http_requests_total', Counter<(typeof labelNames)[number]>, {
    help: 'Requests that were answered.',
    labelNames,
  });
  const seconds = find(registry, 'atelier_http_request_seconds', Histogram<(typeof labelNames)[number]>, {
    help: 'Seconds until the answer began.',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const streams = find(registry, 'atelier_event_streams', Gauge, { help: 'Streams of events (SSE) that are open.' });
  return {
    count({ method, route, status }, elapsed) {
      // Methods are the caller's text: labels must not grow with it.
      const labels = { method: known.has(method) ? method : 'other', route, status: String(status) };
      requests.inc(labels);
      seconds.observe(labels, elapsed);
    },
    streams,
  };
}

function find<Metric extends object, Settings extends object>(
  registry: Registry,
  name: string,
  type: new (settings: Settings & { name: string; registers: Registry[] }) => Metric,
  settings: Settings,
): Metric {
  const there: unknown = registry.getSingleMetric(name);
  return there instanceof type ? there : new type({ ...settings, name, registers: [registry] });
}
