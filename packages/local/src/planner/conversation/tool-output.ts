import type { LanguageModelV4ToolResultPart } from '@ai-sdk/provider';

/** What a tool answered, or why it did not. */
export type ToolOutcome =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | {
      readonly ok: false;
      readonly code?: string;
      readonly message: string;
      readonly hint?: string;
      readonly denied?: true;
    };

/** Reads a tool result of any form: JSON, JSON in text, JSON in the first text part of a content list, or an error. */
export function readToolOutput(output: LanguageModelV4ToolResultPart['output']): ToolOutcome {
  switch (output.type) {
    case 'json':
      return { ok: true, output: asRecord(output.value) };
    case 'text':
      return { ok: true, output: asRecord(parseJson(output.value)) };
    case 'content': {
      const text = output.value.find((part) => part.type === 'text')?.text ?? '';
      return { ok: true, output: asRecord(parseJson(text)) };
    }
    case 'error-json':
      return readFailure(output.value);
    case 'error-text':
      return readFailure(parseError(output.value));
    case 'execution-denied':
      return { ok: false, message: output.reason ?? '', denied: true };
  }
}

function readFailure(value: unknown): ToolOutcome {
  const record = asRecord(value);
  const inner = typeof record.error === 'object' ? asRecord(record.error) : record;
  const text = (name: string): string | undefined => (typeof inner[name] === 'string' ? inner[name] : undefined);
  const message = text('message') ?? (typeof value === 'string' ? value : JSON.stringify(value));
  const [code, hint] = [text('code'), text('hint')];
  return { ok: false, message, ...(code === undefined ? {} : { code }), ...(hint === undefined ? {} : { hint }) };
}

/** An error thrown by a tool arrives as its message, often with its class before it: `Error: {"code": ...}`. */
function parseError(text: string): unknown {
  const message = text.replace(/^(?:\w{0,40}Error: ){1,3}/, '');
  const parsed = parseJson(message);
  return typeof parsed === 'object' && parsed !== null ? parsed : message;
}

/** The parsed JSON, or the text itself. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  return { value };
}
