// The wire codec: pure functions between tensors and bytes.
export * from './datatype.ts';
export * from './tensor.ts';
export * from './wire-error.ts';
