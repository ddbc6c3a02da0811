import { join } from 'node:path';
import { TritonClient, triton } from '@atelier/sdk/triton';
import { measureAgent } from './agent/measure-agent.ts';
import { measureAnswers } from './answers.ts';
import type { Bar } from './bars.ts';
import { measureDetection } from './detection.ts';
import { makeExamples, type Split } from './examples.ts';
import { judgePaintings } from './judge-paintings.ts';
import { measureLatency } from './latency.ts';
import { figuresOf, paintExamples } from './painting.ts';
import { measureRetrieval } from './retrieval.ts';
import { measureSegmentation } from './segmentation.ts';

/** How many pictures each figure is measured on. */
export type Sizes = Readonly<
  Record<'owlv2' | 'heldOut' | 'sam' | 'vqa' | 'clip' | 'sd3' | 'agent' | 'latency', number>
>;

export const fullSizes: Sizes = {
  owlv2: 300,
  heldOut: 200,
  sam: 150,
  vqa: 150,
  clip: 50,
  sd3: 200,
  agent: 100,
  latency: 21,
};

export interface MeasureOptions {
  readonly server: { readonly url: string; readonly grpcUrl: string };
  readonly python: string;
  readonly split: Split;
  readonly sizes: Sizes;
  /** For pictures, also those that were painted. */
  readonly folder: string;
  readonly models?: readonly Bar['model'][];
  readonly tell?: (line: string) => void;
}

/** Denoising steps of the paintings: as many as the bars speak of. */
export const steps = 10;
const heldOutOnlyOne = 'of colour-shape pairs that training never had';

/** Asks a server of miniatures through the SDK, and compares what it says with what is right. */
export async function measure(options: MeasureOptions): Promise<Bar[]> {
  const { server, models, tell = () => {} } = options;
  const backend = triton({ ...addressOf(server), steps, timeoutMs: 120_000 });
  const client = new TritonClient(addressOf(server));
  const bars: Bar[] = [];
  const parts = {
    owlv2: () => detectionBars(backend, options),
    sam: () => segmentationBars(backend, options),
    vqa: () => answerBars(backend, options),
    clip: () => retrievalBars(client, options),
    sd3: () => paintingBars(backend, options),
    agent: () => agentBars(backend, options),
  };
  try {
    for (const [model, part] of Object.entries(parts)) {
      if (models && !models.some((name) => name === model)) continue;
      tell(`measuring ${model}`);
      bars.push(...(await part()));
    }
    if (!models || models.length > 1) bars.push(...(await latencyBars(backend, options)));
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
  const examples = await makeExamples('paintings', examplesOf(options, 'sd3', options.sizes.sd3));
  const painted = await paintExamples(backend, examples, join(options.folder, 'painted'));
  const { asAsked, removed, replaced, changedOutside, edits: count } = figuresOf(painted);
  options.tell?.(`  removed ${removed.toFixed(3)}, replaced ${replaced.toFixed(3)}`);
  const { colours, replacements, drawnAsAsked } = await judgePaintings(
    options.python,
    join(options.folder, 'sd3'),
    join(options.folder, 'painted'),
  );
  options.tell?.(`  by drawing: ${drawnAsAsked.toFixed(3)} as asked`);
  const bar = { model: 'sd3', count } as const;
  return [
    {
      ...bar,
      what: 'replacements of the colour asked for, by drawing',
      unit: 'share',
      value: colours,
      least: 0.9,
      count: replacements,
    },
    { ...bar, what: 'edits that owlv2 and vqa find as asked', unit: 'share', value: asAsked, least: 0.8 },
    { ...bar, what: 'pixels changed outside the masks', unit: 'pixels', value: changedOutside, most: 0 },
  ];
}

async function agentBars(eyes: Backend, { python, split, folder, sizes, tell }: MeasureOptions): Promise<Bar[]> {
  const place = join(folder, 'agent');
  const figures = await measureAgent({
    ...{ eyes, python, split, count: sizes.agent, folder: place },
    ...(tell ? { tell } : {}),
  });
  const bar = { model: 'agent', count: figures.tasks } as const;
  return [
    { ...bar, what: 'compound tasks completed, by drawing', unit: 'share', value: figures.completed, least: 0.75 },
    { ...bar, what: 'plans as expected', unit: 'share', value: figures.planAccuracy, least: 0.95 },
    { ...bar, what: 'pixels changed outside the masks', unit: 'pixels', value: figures.changedOutsideMasks, most: 0 },
  ];
}

async function latencyBars(backend: Backend, options: MeasureOptions): Promise<Bar[]> {
  const examples = await makeExamples('segmentations', {
    ...examplesOf(options, 'latency', options.sizes.latency),
    split: options.split === 'test' ? 'validation' : 'test',
  });
  const { detect, segment, firstToken, paint } = await measureLatency(backend, examples);
  const bar = { unit: 'ms', count: options.sizes.latency } as const;
  return [
    { ...bar, model: 'owlv2', what: 'detection in a new picture', value: detect, most: 150 },
    { ...bar, model: 'sam', what: 'mask in a new picture', value: segment, most: 150 },
    { ...bar, model: 'vqa', what: 'first token', value: firstToken, most: 200 },
    { ...bar, model: 'sd3', what: `a painting of ${steps} steps`, value: paint, most: 3_000 },
  ];
}
