export const smallestInt64 = -(2n ** 63n);
export const largestInt64 = 2n ** 63n - 1n;
export const largestUint64 = 2n ** 64n - 1n;
