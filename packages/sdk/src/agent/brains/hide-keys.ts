/** The common forms of API keys, also where a provider has blanked out their middle. */
const keyForms = /\b(?:sk-[\w*-]{6,}|AIza[\w-]{16,}|(?<=Bearer )\S{6,})/g;

/** The text without anything that looks like an API key. */
export const hideKeys = (text: string): string => text.replaceAll(keyForms, '[key]');
