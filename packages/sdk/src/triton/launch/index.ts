// The public API of @atelier/sdk/triton/launch: a real tritonserver on this machine, from the `nvidia-pytriton` wheel.
export { type LaunchedTriton, type LaunchOptions, launchTriton } from './launch-triton.ts';
export type { TritonWorker, WorkerEnd } from './workers.ts';
