/**
 * One thing that a model must do. Run by any test framework: `for (const { name, run } of cases) it(name, run)`.
 * `run` resolves when the model does it and rejects with an `AssertionError` that says what it did instead.
 */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A model, or a function that makes a fresh one for each case. */
export type UnderTest<Model extends object> = Model | (() => Model | Promise<Model>);

export async function resolveModel<Model extends object>(model: UnderTest<Model>): Promise<Model> {
  return typeof model === 'function' ? model() : model;
}
