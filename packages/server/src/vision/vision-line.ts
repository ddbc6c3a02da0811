import { createLine } from '../images/line.ts';
import { perServices } from '../images/per-services.ts';

/** Work with models that a request waits for: a few at once, up to four times as many in line, the rest is sent away. */
export const visionLine = perServices(({ settings: { limits } }) =>
  createLine({ atOnce: limits.visionAtOnce, waiting: limits.visionAtOnce * 4 }),
);
