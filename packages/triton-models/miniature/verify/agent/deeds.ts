import { planner, planRequest, type RequestPlan } from '@atelier/local';
import { z } from 'zod';

/** What a plan does, without the looking and cutting out that prepares it. */
export interface Deed {
  readonly tool: string;
  readonly target?: string | undefined;
  readonly input: RequestPlan['steps'][number]['input'];
  /** Whether it waits for a check. */
  readonly conditional: boolean;
}

const masked = new Set(['remove_object', 'inpaint_image', 'adjust_image']);

/** What the built-in planner means to do about a request; empty where it does not understand. */
export async function plannedDeeds(request: string): Promise<readonly Deed[]> {
  const { steps } = planRequest(request);
  const conditional = await conditionsOf(request);
  return steps.flatMap((step, index) => {
    const next = steps[index + 1];
    const prepares =
      next !== undefined &&
      next.target === step.target &&
      ((step.tool === 'detect_objects' && next.tool === 'segment_object') ||
        (step.tool === 'segment_object' && masked.has(next.tool)));
    if (prepares) return [];
    return [{ tool: step.tool, target: step.target, input: step.input, conditional: conditional[index] ?? false }];
  });
}

const planInput = z.object({ steps: z.array(z.object({ conditional: z.boolean().optional() })) });

/** By step of the plan: whether it is done only if something is found. */
async function conditionsOf(request: string): Promise<readonly boolean[]> {
  const { content } = await planner().doGenerate({
    prompt: [{ role: 'user', content: [{ type: 'text', text: request }] }],
    tools: [{ type: 'function', name: 'plan', inputSchema: {} }],
    toolChoice: { type: 'tool', toolName: 'plan' },
  });
  const call = content.find((part) => part.type === 'tool-call');
  if (call === undefined) throw new Error('The planner wrote no plan.');
  return planInput.parse(JSON.parse(call.input)).steps.map((step) => step.conditional ?? false);
}
