export type Language = 'en' | 'ko';

/** Korean where the text holds Hangul, else English. */
export const languageOf = (text: string): Language =>
  /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text) ? 'ko' : 'en';
