import { local, planner } from '@atelier/local';
import { AtelierError, atelier, type Backend, type ProposedCall, type Studio, toolDefinitions } from '@atelier/sdk';
import { type EvalRow, photoUrl } from './eval-row.ts';
import type { Answered } from './score.ts';

/** The built-in planner over the local backend, with somebody to paint, so that painting can be planned. Nothing is painted. */
export const openPlannerStudio = (): Studio =>
  atelier({ backends: [local(), neverAsked], brain: planner(), roots: [photoUrl('').pathname] });

const neverAsked: Backend = {
  name: 'never-asked',
  capabilities: { inpaint: painter(), generate: painter() },
};

function painter() {
  const model = 'none';
  return {
    model,
    able: () => true as const,
    run: () => Promise.reject(new Error('Runs are stopped before they paint.')),
  };
}

const changes: ReadonlySet<string> = new Set(
  toolDefinitions.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name),
);

/**
 * The tool that the studio's brain calls first after its plan, and the first of the plan that changes or makes something. The run is
 * stopped at the first call.
 */
export async function askPlanner(studio: Studio, row: EvalRow): Promise<Answered> {
  const session = studio.session({ image: photoUrl(row.photo).pathname });
  if (row.earlier !== undefined) await session.run(row.earlier).result;
  const stop = new AbortController();
  let tool: string | undefined;
  const approve = (call: ProposedCall): 'allow' | 'deny' => {
    if (call.tool === 'plan') return 'allow';
    tool ??= call.tool;
    stop.abort();
    return 'deny';
  };
  const { events, result } = session.run(row.request, { signal: stop.signal, approve });
  let work: string | undefined;
  for await (const event of events) {
    if (event.status === 'plan') work = event.steps.find((step) => changes.has(step.tool))?.tool;
  }
  const failure = await result.then(
    () => undefined,
    (error: unknown) => (AtelierError.isInstance(error) ? error.code : String(error)),
  );
  return { row, tool, work, ...(tool === undefined ? { failure } : {}) };
}
