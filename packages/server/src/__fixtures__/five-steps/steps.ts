/** Adjustments whose names tell which step of a job they are. */
export const steps = [
  { operation: 'brighten', parameters: { amount: 0.2 } },
  { operation: 'sharpen', parameters: { amount: 0.5 } },
  { operation: 'desaturate', parameters: { amount: 0.5 } },
  { operation: 'blur', parameters: { radius: 2 } },
  { operation: 'pixelate', parameters: { block: 4 } },
] as const;
