// A Triton inside tests: public.
export {
  type FakeDecoupledModel,
  type FakeModel,
  FakeModelError,
  type FakeOrdinaryModel,
  type FakeOutputs,
  type FakeTensor,
} from './fake-model.ts';
export { type FakeTriton, type FakeTritonOptions, fakeTriton } from './fake-triton.ts';
