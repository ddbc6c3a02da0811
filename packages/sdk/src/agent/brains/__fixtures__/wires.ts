import { chatCompletions } from './chat-completions.ts';
import { gemini } from './gemini.ts';
import { openaiResponses } from './openai-responses.ts';

export const wires = [openaiResponses, gemini, chatCompletions] as const;
