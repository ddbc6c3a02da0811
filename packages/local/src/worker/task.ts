/**
 * What a worker thread runs under one name. Inputs and outputs must survive structured cloning. `report` takes the
 * share done, 0..1. Handlers may keep loaded models in module state: a worker lives until it is aborted or closed.
 */
export type TaskHandler<Input, Output> = (input: Input, report: (fraction: number) => void) => Promise<Output> | Output;
