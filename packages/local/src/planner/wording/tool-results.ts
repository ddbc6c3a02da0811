import { z } from 'zod';

// Tolerant on the way in: a tool may answer more than is needed here, and its own contract is checked where it runs.
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const detection = z.object({ label: z.string(), score: z.number(), box });
const detections = z.object({ detections: z.array(detection) });
const cutOut = z.object({
  mask: z.string(),
  area: z.number().optional(),
  box: box.optional(),
  things: z.array(detection).optional(),
});
const edit = z.object({
  image: z.string(),
  label: z.string().optional(),
  changedOutsideMask: z.number().optional(),
  verified: z.object({ ok: z.boolean(), reason: z.string() }).optional(),
});
const choice = z.object({
  needs: z.literal('choice'),
  reason: z.string().optional(),
  phrase: z.string().optional(),
  candidates: z.array(z.object({ number: z.number(), label: z.string(), score: z.number() })),
});

export type SeenThing = z.infer<typeof detection>;
export type CutOut = z.infer<typeof cutOut>;
export type EditResult = z.infer<typeof edit>;
export type ChoiceResult = z.infer<typeof choice>;

export const readDetections = (output: unknown): readonly SeenThing[] | undefined =>
  detections.safeParse(output).data?.detections;
export const readCutOut = (output: unknown): CutOut | undefined => cutOut.safeParse(output).data;
export const readEdit = (output: unknown): EditResult | undefined => edit.safeParse(output).data;
export const readChoice = (output: unknown): ChoiceResult | undefined => choice.safeParse(output).data;
const made = z.object({ image: z.string(), width: z.number().optional(), height: z.number().optional() });
const answer = z.object({ answer: z.string().min(1) });

const undone = made.extend({
  replayed: z.array(z.string()).optional(),
  stopped: z.object({ message: z.string() }).optional(),
});
export type Undone = z.infer<typeof undone>;
export const readUndone = (output: unknown): Undone | undefined => undone.safeParse(output).data;

/** The new picture of generate_image, load_image and undo_edit. */
export const readMade = (output: unknown): z.infer<typeof made> | undefined => made.safeParse(output).data;
export const readAnswer = (output: unknown): string | undefined => answer.safeParse(output).data?.answer;
