import { readFile } from 'node:fs/promises';
import { AtelierError, adjustOperations, plannedToolNames } from '@atelier/sdk';
import { z } from 'zod';

const share = z.number().min(0).max(1);

/** One thing of a scene. */
const sceneThingSchema = z.strictObject({
  /** A plain English noun, singular. */
  label: z.string().regex(/^[a-z][a-z -]*$/),
  /** A colour as people name it: `red`, `dark green`. */
  colour: z.string().regex(/^[a-z][a-z -]*$/),
  /** `[x, y, width, height]` as shares 0..1 of the picture. */
  box: z.tuple([share, share, share, share]),
});

/** `TOOL[:OPERATION][ on LABEL[#INDEX]]`. */
const entryPattern =
  /^(?<tool>[a-z_]+)(?::(?<operation>[a-z]+))?(?: on (?<label>[a-z][a-z -]*|-)(?:#(?<index>\d+))?)?$/;

/** One expected call of an accepted order, taken apart. */
export interface ExpectedCall {
  readonly tool: string;
  readonly operation?: string | undefined;
  /** The scene's label, `background`, `everything`, or `-` for an attempt that finds nothing. */
  readonly on?: string | undefined;
  /** Which of several things of that label, from 0 in the scene's order. */
  readonly index?: number | undefined;
}

/** Takes an entry of an order apart; undefined where it is none. */
export function readEntry(entry: string): ExpectedCall | undefined {
  const groups = entryPattern.exec(entry)?.groups;
  if (!groups?.tool) return undefined;
  const { tool, operation, label, index } = groups;
  return { tool, operation, on: label, index: index === undefined ? undefined : Number(index) };
}

const turnSchema = z.strictObject({
  say: z.string().min(1),
  /** The candidate that the person picks when asked, from 1, counted from the left. */
  choice: z.number().int().positive().optional(),
  /** Every order of calls that counts as right. */
  orders: z.array(z.array(z.string())).min(1),
});

export const caseKinds = [
  'compound',
  'pronoun',
  'colour',
  'place',
  'condition',
  'undo',
  'question',
  'find',
  'cut',
  'edit',
  'ambiguous',
  'missing',
] as const;

const caseShape = z.strictObject({
  id: z.string().regex(/^(?:en|ko)-[a-z0-9-]+$/),
  language: z.enum(['en', 'ko']),
  kind: z.enum(caseKinds),
  scene: z.array(sceneThingSchema).min(1),
  turns: z.array(turnSchema).min(1),
});

/** A request, or a dialogue, about a scene that stands for a photograph, with the orders of tools that count as right. */
export const planCaseSchema = caseShape.superRefine((planCase, context) => {
  for (const [index, { box }] of planCase.scene.entries()) {
    const [x, y, width, height] = box;
    if (width <= 0 || height <= 0 || x + width > 1.001 || y + height > 1.001)
      context.addIssue({ code: 'custom', path: ['scene', index, 'box'], message: 'lies outside the picture' });
  }
  for (const [turn, { orders }] of planCase.turns.entries())
    for (const entry of new Set(orders.flat())) {
      const problem = wrongWith(entry, planCase);
      if (problem)
        context.addIssue({ code: 'custom', path: ['turns', turn, 'orders'], message: `"${entry}": ${problem}` });
    }
});

export type SceneThing = z.infer<typeof sceneThingSchema>;
export type PlanCase = z.infer<typeof planCaseSchema>;

const tools: ReadonlySet<string> = new Set(plannedToolNames);
const edits: ReadonlySet<string> = new Set(['remove_object', 'inpaint_image', 'adjust_image']);

function wrongWith(entry: string, { scene, turns }: z.infer<typeof caseShape>): string | undefined {
  const call = readEntry(entry);
  if (!call) return 'cannot be read';
  const { tool, operation, on, index } = call;
  if (!tools.has(tool)) return 'no such tool';
  if ((operation !== undefined) !== (tool === 'adjust_image'))
    return 'an operation goes with adjust_image, and only there';
  if (operation !== undefined && !operations.has(operation)) return 'no such operation';
  if (on === undefined) return undefined;
  if (!edits.has(tool)) return 'only edits touch a thing';
  if (on === '-' || on === 'background' || on === 'everything') return undefined;
  const count = scene.filter(({ label }) => label === on).length;
  // What an earlier turn painted may be edited by a later one.
  if (count === 0) return turns.length > 1 && tool !== 'inpaint_image' ? undefined : 'no such thing in the scene';
  return index !== undefined && index >= count ? `there are ${count} of them` : undefined;
}

/** Cases may ask for operations before there are any: then their turns are wrong, not malformed. */
const comingOperations = ['crop', 'desaturate', 'outline', 'sharpen', 'straighten'];
const operations: ReadonlySet<string> = new Set([...adjustOperations.map(({ name }) => name), ...comingOperations]);

/** The cases of a file. Throws `not-found`, and `invalid-input` with every fault of every case. */
export async function readCases(path: string | URL): Promise<readonly PlanCase[]> {
  const parsed = z.array(planCaseSchema).safeParse(await readJson(path));
  const ids = parsed.success ? parsed.data.map(({ id }) => id) : [];
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (parsed.success && repeated.length === 0) return parsed.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `${path} holds cases that are not well formed: ${parsed.success ? `repeated ids ${repeated.join(', ')}` : z.prettifyError(parsed.error)}`,
    hint: 'packages/local/plans/case.ts says what a case is.',
  });
}

async function readJson(path: string | URL): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AtelierError({ code: 'not-found', message: `${path} cannot be read.`, hint: 'Give a JSON file.', cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `${path} is not JSON.`,
      hint: 'Give a JSON file.',
      cause,
    });
  }
}
