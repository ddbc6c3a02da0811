import type { JSONValue } from '@ai-sdk/provider';
import type { ToolOutcome } from './conversation/tool-output.ts';
import type { ChosenThing } from './grammar/context.ts';
import { thingMatches } from './intents/undo-names.ts';
import type { PlannedStep } from './step.ts';
import { readDetections } from './wording/tool-results.ts';

type Box = ChosenThing['box'];

/** Two boxes that overlap as much as this are of the same thing. */
const sameThing = 0.5;

/**
 * The input of a step that cuts out a thing of which it was said before which one is meant: the same words mean that
 * one again, and "the other one" the one that is left. By the words alone in all other cases.
 */
export function inputOf(
  step: PlannedStep,
  looked: ToolOutcome | undefined,
  chosen: ChosenThing | undefined,
): Readonly<Record<string, JSONValue>> {
  const { phrase } = step.input;
  if (step.tool !== 'segment_object' || typeof phrase !== 'string' || !chosen) return step.input;
  if (phrase === chosen.phrase) return { box: { ...chosen.box } };
  const other =
    /^(?:the |that |my )?other (?<noun>.+)$|^(?:그 |저 )?(?:다른|나머지) (?:한 |하나의 )?(?<korean>.+)$/i.exec(
      phrase,
    )?.groups;
  const noun = other?.noun ?? other?.korean;
  if (noun === undefined || !thingMatches(chosen.phrase, noun)) return step.input;
  const things = (looked?.ok ? readDetections(looked.output) : undefined) ?? [];
  const left = things.filter(({ box }) => overlap(box, chosen.box) < sameThing);
  return left.length === 1 ? { box: { ...left[0].box } } : step.input;
}

/** Intersection over union. */
function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const common = Math.max(0, width) * Math.max(0, height);
  return common / (one.width * one.height + other.width * other.height - common);
}
