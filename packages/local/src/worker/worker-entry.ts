/** Where a thread's code is, and the flags of Node it needs. */
export interface WorkerEntry {
  readonly url: URL;
  readonly execArgv: readonly string[];
  /** Most megabytes of JavaScript objects in one thread; pixels and wasm memory lie outside and are not counted. */
  readonly heapLimit: number;
}

const heapLimit = 1024;

/**
 * Built, this module is part of a file in dist/, with worker.js beside it. From source it stands in src/worker/ beside
 * worker.ts, which Node runs by type stripping, and the thread needs the condition that leads `@atelier/sdk` to its
 * sources, whether or not the process has it (a test runner resolves sources by itself). The flags of the process are
 * not passed on: some, such as `--input-type`, keep a thread from starting. Those in NODE_OPTIONS hold all the same.
 */
export function workerEntry(moduleUrl: string = import.meta.url): WorkerEntry {
  if (!moduleUrl.endsWith('.ts')) return { url: new URL('./worker.js', moduleUrl), execArgv: [], heapLimit };
  return { url: new URL('./worker.ts', moduleUrl), execArgv: ['--conditions=atelier-source'], heapLimit };
}
