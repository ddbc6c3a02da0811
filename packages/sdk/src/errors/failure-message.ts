import { koreanMessage, type ToldError } from './korean/korean-message.ts';

/** What a person reads where something ended in this error, in their language. The error itself stays in English, for developers. */
export function failureMessage(error: ToldError, language: 'en' | 'ko'): string {
  if (language === 'ko') return koreanMessage(error) ?? error.message;
  return error.code === 'cancelled' ? 'Cancelled.' : error.message;
}
