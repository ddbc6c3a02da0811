/** A browser's path; undefined where there is none. Throws where CHROMIUM_PATH names no program. */
export function findChromium(): string | undefined;
/** Undefined when there is one, else the reason why there is none. */
export function setupChromium(): string | undefined;
