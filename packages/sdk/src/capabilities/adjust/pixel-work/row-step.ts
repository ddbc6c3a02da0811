const enough = 1_000_000;

/** Every how manieth row to read so that a measure reads about a million pixels at most, from the whole height. */
export const rowStep = (width: number, height: number): number => Math.max(1, Math.floor((width * height) / enough));
