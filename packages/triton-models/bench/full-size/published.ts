import type { ModelName } from '../scenario.ts';

/** What others measured on a GPU, to stand beside ours: other machines, batch sizes and runtimes. */
export interface Published {
  /** Begin of the configuration's name. */
  readonly of: string;
  readonly model: ModelName;
  readonly figure: string;
  readonly source: string;
}

export const published: readonly Published[] = [
  {
    of: 'sam-huge',
    model: 'sam',
    figure: 'encoder about 150 ms (A100, eager); decoder about 50 ms on a processor in the browser',
    source: 'Meta, FAQ of Segment Anything',
  },
  {
    of: 'sam-huge',
    model: 'sam',
    figure: 'encoder 452 ms, decoder 4 ms, one GPU that is not named',
    source: 'model card of MobileSAM',
  },
  {
    of: 'sam-huge',
    model: 'sam',
    figure: 'batch 8: fp32 2.8, bf16 14.9, compiled 19.7, with SDPA 21.9, int8 24.9 pictures/s (A100)',
    source: 'segment-anything-fast, experiments/results.csv',
  },
  {
    of: 'sam-base',
    model: 'sam',
    figure: 'batch 8: fp32 12.1, bf16 39.8, compiled 54.7, with SDPA 73, nested tensors 92 pictures/s (A100)',
    source: 'segment-anything-fast, experiments/results.csv',
  },
  {
    of: 'owlv2-base',
    model: 'owlv2',
    figure: 'none found; at least 3.5 ms (A100), 1.1 ms (H100) by its 1.1 TFLOP at the peak rate',
    source: 'arithmetic',
  },
  {
    of: 'owlv2-large',
    model: 'owlv2',
    figure: 'none found; at least 19 ms (A100), 6 ms (H100) by its 5.8 TFLOP at the peak rate',
    source: 'arithmetic',
  },
  {
    of: 'sd3-medium',
    model: 'sd3',
    figure: '50 steps 5,622 ms with TensorRT (109 ms a step, VAE 72 ms, T5 21 ms) on an A100',
    source: 'model card of stable-diffusion-3-medium-tensorrt',
  },
  {
    of: 'sd3-medium',
    model: 'sd3',
    figure: '28 steps about 3.2 s (A100, TensorRT), 1.4 to 2.0 s (H100)',
    source: 'arithmetic from the figure above and from SDXL on both GPUs',
  },
  {
    of: 'vqa-4b',
    model: 'vqa',
    figure: 'none found; at most 255 (A100), 420 (H100), 600 tokens/s (H200), since each token reads 8 GB of weights',
    source: 'arithmetic',
  },
];
