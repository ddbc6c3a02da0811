import type { Language, PlannedToolName, Session } from '@atelier/sdk';
import type { AppContext } from '../http/route-context.ts';
import { takeImage } from '../images/intake.ts';
import { orCancelled } from '../images/or-cancelled.ts';
import { visionLine } from '../vision/vision-line.ts';
import { openSession } from './open-session.ts';

export interface ToolCall {
  readonly tool: PlannedToolName;
  /** Checked by the tool's own schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly session: string | undefined;
  readonly language: Language | undefined;
}

/** Calls a tool in its session when its turn has come; the end of the request stops it. */
export async function callTool(
  c: AppContext,
  { tool, input, session: wanted, language }: ToolCall,
): Promise<{ session: string; output: unknown }> {
  const services = c.get('services');
  const { tenant } = c.get('principal');
  const { signal } = c.req.raw;
  const ready = tool === 'load_image' ? { source: await sourceOf(c, input.source) } : input;
  return orCancelled(signal, async () => {
    const session = await openSession(services, tenant, { tool, input, session: wanted });
    const output = await visionLine(services).run(() => call(session, tool, ready, { language, signal }), signal);
    return { session: session.id, output };
  });
}

const call = (
  session: Session,
  tool: PlannedToolName,
  input: Readonly<Record<string, unknown>>,
  options: Parameters<Session['call']>[2],
): Promise<unknown> =>
  // The schema of this very tool has checked the input, which the type cannot follow from the name to the value.
  session.call(tool, input as never, options);

/** The id of what a caller names: taken in by the rules for pictures from outside, so that a tool never reads this machine's files. */
async function sourceOf(c: AppContext, source: unknown): Promise<string> {
  const reference = String(source);
  const { id } = await takeImage(c.get('services'), c.get('principal').tenant, { reference }, c.req.raw.signal);
  return id;
}
