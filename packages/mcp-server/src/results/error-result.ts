import { AtelierError, failureMessage } from '@atelier/sdk/errors';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { McpCall } from '../tools/mcp-tool.ts';
import { clipText } from './clip-text.ts';
import { hostWords, moreHints } from './host-words.ts';

/** Characters of one text: what came in with the call may be quoted in it. */
const longest = 4000;

/**
 * A failure that a model can act on: what was wrong, what to do, and the code, as text and under `_meta["atelier/error"]`.
 * What is no `AtelierError` is a fault of this server: its own words stay here.
 */
export function errorResult(
  error: unknown,
  { language, settings }: Pick<McpCall, 'language' | 'settings'>,
): CallToolResult {
  const known = AtelierError.isInstance(error) ? error : internal;
  const { code, details, isRetryable } = known;
  const message = hostWords(known.message);
  const hint = known.hint && hostWords(known.hint);
  const said = hostWords(failureMessage(known, language));
  const lines = [
    said,
    ...(hint && !said.includes(hint) ? [hint] : []),
    ...moreHints(known, settings),
    `(${code}${isRetryable ? ', may pass: try again' : ''})`,
  ];
  const facts = small({ code, message, ...(hint === undefined ? {} : { hint }), ...(details ? { details } : {}) });
  return {
    isError: true,
    content: [{ type: 'text', text: clip(lines.join('\n')) }],
    ...(facts ? { _meta: { 'atelier/error': facts } } : {}),
  };
}

const internal = new AtelierError({
  code: 'backend-failed',
  message: 'The server failed while it worked on this.',
  hint: 'Its log says why.',
});

const clip = (text: string): string => (text.length > longest ? `${clipText(text, longest)}...` : text);

/** Facts are for programs; what is too long to send is left out. */
const small = (facts: Record<string, unknown>): Record<string, unknown> | undefined =>
  JSON.stringify(facts).length <= 32_000 ? facts : undefined;
