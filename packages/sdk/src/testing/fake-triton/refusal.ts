/** How Triton refuses: `{"error": "<text>"}`, of a type that does not follow any rule. */
export class Refusal extends Error {
  readonly status: number;
  readonly contentType: 'application/json' | 'text/plain';
  constructor(status: number, text: string, contentType: 'application/json' | 'text/plain' = 'application/json') {
    super(text);
    this.status = status;
    this.contentType = contentType;
  }
}

/** Before the messages about a request. */
export const requestId = (id: string | undefined): string => `[request id: ${id || '<id_unknown>'}]`;
