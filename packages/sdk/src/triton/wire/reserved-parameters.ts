const reserved = new Set([
  'sequence_id',
  'sequence_start',
  'sequence_end',
  'priority',
  'timeout',
  'headers',
  'binary_data_output',
]);

/** Names that mean something to the server itself, so that a model never sees them as given. */
export const isReservedParameter = (name: string): boolean => reserved.has(name) || name.startsWith('triton_');
