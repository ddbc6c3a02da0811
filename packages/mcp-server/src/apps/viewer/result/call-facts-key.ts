/** Where `_meta` of a result says what call it came from. */
export const callFactsKey = 'io.github.atelier/call';
