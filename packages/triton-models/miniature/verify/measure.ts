import { basename, join } from 'node:path';
import { TritonClient, triton } from '@atelier/sdk/triton';
import { agentBars } from './agent/agent-bars.ts';
import { measureAnswers } from './answers.ts';
import { type Bar, outside } from './bars.ts';
import { measureDetection } from './detection.ts';
import { makeExamples, type Split } from './examples.ts';
import { judgePaintings } from './judge-paintings.ts';
import { isTimed, measureLatency } from './latency.ts';
import { figuresOf, paintExamples } from './painting.ts';
import { measureRetrieval } from './retrieval.ts';
import { measureSegmentation } from './segmentation.ts';
import type { Sizes } from './sizes.ts';

export const measuredModels = ['owlv2', 'sam', 'vqa', 'clip', 'sd3', 'agent'] as const;
export type MeasuredModel = (typeof measuredModels)[number];

export interface MeasureOptions {
  readonly server: { readonly url: string; readonly grpcUrl: string };
  readonly python: string;
  readonly split: Split;
  readonly sizes: Sizes;
  /** For pictures, also those that were painted. */
  readonly folder: string;
  readonly models?: readonly MeasuredModel[];
  /** Gets all figures so far whenever some were added. */
  readonly keep?: (bars: readonly Bar[]) => Promise<void>;
  readonly tell?: (line: string) => void;
}

/** Denoising steps of the paintings: as many as the bars speak of. */
export const steps = 10;
const heldOutOnlyOne = 'of colour-shape pairs that training never named';

/** Asks a server of miniatures through the SDK, and compares what it says with what is right. */
export async function measure(options: MeasureOptions): Promise<Bar[]> {
  const { server, sizes, folder, models = measuredModels, keep = async () => {}, tell = () => {} } = options;
  const backend = triton({ ...addressOf(server), steps, timeoutMs: 120_000 });
  const client = new TritonClient(addressOf(server));
  const bars: Bar[] = [];
  const parts = {
    owlv2: () => detectionBars(backend, options),
    sam: () => segmentationBars(backend, options),
    vqa: () => answerBars(backend, options),
    clip: () => retrievalBars(client, options),
    sd3: () => paintingBars(backend, options),
    agent: () => agentBars({ ...options, eyes: backend, count: sizes.agent, folder: join(folder, 'agent') }),
  };
  try {
    for (const model of models) {
      tell(`measuring ${model}`);
      bars.push(...(await parts[model]()));
      await keep(bars);
    }
    bars.push(...(await latencyBars(backend, models, options)));
    await keep(bars);
  } finally {
    await Promise.all([backend.close(), client.close()]);
  }
  return bars;
}

const addressOf = ({ url, grpcUrl }: MeasureOptions['server']) => ({ url: { url, grpcUrl } });

type Backend = ReturnType<typeof triton>;

const examplesOf = ({ python, split, folder }: MeasureOptions, name: string, count: number) => ({
  ...{ python, split, count },
  folder: join(folder, name),
});

async function detectionBars(backend: Backend, options: MeasureOptions): Promise<Bar[]> {
  const { owlv2, heldOut } = options.sizes;
  const seen = await measureDetection(backend, await makeExamples('detections', examplesOf(options, 'owlv2', owlv2)));
  const place = { ...examplesOf(options, 'held-out', heldOut), heldOut: true };
  const unseen = await measureDetection(backend, await makeExamples('detections', place));
  const bar = { model: 'owlv2', unit: 'share' } as const;
  return [
    { ...bar, what: 'mAP@0.5', value: seen.meanAveragePrecision, least: 0.9, count: seen.phrases },
    {
      ...bar,
      what: 'phrases without a match that find something',
      value: seen.falsePositives,
      most: 0.05,
      count: seen.absent,
    },
    {
      ...bar,
      what: `mAP@0.5 ${heldOutOnlyOne}`,
      value: unseen.meanAveragePrecision,
      least: 0.75,
      count: unseen.phrases,
    },
  ];
}

async function segmentationBars(backend: Backend, options: MeasureOptions): Promise<Bar[]> {
  const examples = await makeExamples('segmentations', examplesOf(options, 'sam', options.sizes.sam));
  const { fromBox, fromPoint, things: count } = await measureSegmentation(backend, examples);
  const bar = { model: 'sam', unit: 'share', count } as const;
  return [
    { ...bar, what: 'mean IoU from the true box', value: fromBox, least: 0.92 },
    { ...bar, what: 'mean IoU from one point', value: fromPoint, least: 0.85 },
  ];
}

async function answerBars(backend: Backend, options: MeasureOptions): Promise<Bar[]> {
  const examples = await makeExamples('answers', examplesOf(options, 'vqa', options.sizes.vqa));
  const { exactMatch, byKind, questions: count, mistakes } = await measureAnswers(backend, examples);
  for (const { question, said, right } of mistakes) options.tell?.(`  ${question} ${said} (${right})`);
  const bar = { model: 'vqa', unit: 'share', count } as const;
  const kinds = Object.entries(byKind).map(([kind, of]) => ({
    ...bar,
    what: `exact match, ${kind}`,
    value: of.exactMatch,
    count: of.questions,
    least: 0.8,
  }));
  return [{ ...bar, what: 'exact match', value: exactMatch, least: 0.9 }, ...kinds];
}

async function retrievalBars(client: TritonClient, options: MeasureOptions): Promise<Bar[]> {
  const examples = await makeExamples('descriptions', examplesOf(options, 'clip', options.sizes.clip));
  const { recallAtOne: value, pictures: count } = await measureRetrieval(client, examples);
  return [{ model: 'clip', unit: 'share', what: 'text to picture, recall@1', value, least: 0.8, count }];
}

async function paintingBars(backend: Backend, options: MeasureOptions): Promise<Bar[]> {
  const { python, folder, sizes, tell } = options;
  const examples = await makeExamples('paintings', examplesOf(options, 'sd3', sizes.sd3));
  const places = { examples: join(folder, 'sd3'), painted: join(folder, 'painted') };
  const painted = await paintExamples(backend, examples, places.painted);
  for (const { example, failure } of painted) if (failure) tell?.(`  ${basename(example.picture)} ${failure}`);
  const { asAsked, changedOutside, edits: count } = figuresOf(painted);
  const drawn = await judgePaintings(python, examples, places);
  const bar = { model: 'sd3', unit: 'share' } as const;
  const { replacements, removals } = drawn;
  return [
    { ...bar, what: `edits (of ${steps} steps) that owlv2 and vqa find as asked`, value: asAsked, least: 0.8, count },
    {
      ...bar,
      what: 'replacements of the colour asked for, by drawing',
      value: drawn.colours,
      least: 0.9,
      count: replacements,
    },
    { ...bar, what: 'replacements as asked, by drawing', value: drawn.replaced, count: replacements },
    { ...bar, what: 'removals that leave nothing, by drawing', value: drawn.removed, count: removals },
    { ...bar, what: outside, unit: 'pixels', value: changedOutside, most: 0, count },
  ];
}

const latencies = {
  owlv2: { what: 'detection in a new picture', most: 150 },
  sam: { what: 'mask in a new picture', most: 150 },
  vqa: { what: 'first token', most: 200 },
  sd3: { what: `a painting of ${steps} steps`, most: 3_000 },
} as const;

async function latencyBars(
  backend: Backend,
  models: readonly MeasuredModel[],
  options: MeasureOptions,
): Promise<Bar[]> {
  const examples = await makeExamples('segmentations', {
    ...examplesOf(options, 'latency', options.sizes.latency),
    split: options.split === 'test' ? 'validation' : 'test',
  });
  const bars: Bar[] = [];
  for (const model of models.filter(isTimed)) {
    const value = await measureLatency(backend, model, examples);
    // Without the first, which is not counted.
    bars.push({ model, ...latencies[model], unit: 'ms', value, count: examples.length - 1 });
  }
  return bars;
}
