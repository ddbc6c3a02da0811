/**
 * The wire is little-endian and tensors are views of memory, so on a big-endian machine every number would be wrong.
 * No machine that runs this could test a swap; refusing at import is the honest choice.
 */
const firstByte = new Uint8Array(new Uint16Array([1]).buffer)[0];

if (firstByte !== 1)
  throw new Error('@atelier/sdk/triton needs a little-endian machine: tensors are not byte-swapped.');

export const isLittleEndian = true;
