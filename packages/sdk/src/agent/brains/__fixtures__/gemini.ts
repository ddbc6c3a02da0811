import { bytesOf, halves, isRecord, listIn, type Reply, textIn, type Wire, type WireRequest } from './wire.ts';

type Part = Readonly<Record<string, unknown>>;

const key = 'AIzaTESTabcdefghijklmnopqrstuvwxyz012345';

/** Gemini's streamGenerateContent with alt=sse: each event is a whole GenerateContentResponse with the next parts. */
export const gemini: Wire = {
  name: 'Gemini',
  brain: 'google:gemini-3-pro-preview',
  env: { GEMINI_API_KEY: key },
  key,
  url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro-preview:streamGenerateContent',
  stream: (reply, call) => [
    ...partsOf(reply, call).map((part) => chunk(call, { content: { parts: [part], role: 'model' }, index: 0 })),
    chunk(call, ending(reply)),
  ],
  read,
  error: (status, message) => ({
    error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INVALID_ARGUMENT' },
  }),
};

const chunk = (call: number, candidate: unknown): string =>
  `data: ${JSON.stringify({
    candidates: [candidate],
    usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 40, totalTokenCount: 940 },
    modelVersion: 'gemini-3-pro-preview',
    responseId: `resp_${call}`,
  })}\n\n`;

/** Only the first of several calls carries the signature of the thought that led to them. */
const partsOf = ({ thought, text, calls = [] }: Reply, call: number): Part[] => [
  ...(thought === undefined ? [] : [{ text: thought, thought: true }]),
  ...(text === undefined ? [] : halves(text).map((half) => ({ text: half }))),
  ...calls.map(({ tool, input }, index) => ({
    functionCall: { name: tool, args: input, id: `call_${call}_${index}` },
    ...(index === 0 ? { thoughtSignature: `sealed_${call}` } : {}),
  })),
];

function ending({ refusal, malformed }: Reply): unknown {
  if (refusal !== undefined) return { finishReason: 'SAFETY', finishMessage: refusal, index: 0 };
  const content = { parts: [{ text: '' }], role: 'model' };
  if (!malformed) return { content, finishReason: 'STOP', index: 0 };
  const finishMessage = 'Malformed function call: call:remove_object{image:';
  return { content: {}, finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage, index: 0 };
}

function read(body: unknown): WireRequest {
  const contents = listIn(body, 'contents').flatMap((message) =>
    listIn(message, 'parts').map((part) => ({ part, role: message.role })),
  );
  const users = contents.filter(({ role }) => role === 'user').map(({ part }) => part);
  const mode = isRecord(body) && isRecord(body.toolConfig) ? body.toolConfig.functionCallingConfig : undefined;
  const names = isRecord(mode) && mode.mode === 'ANY' ? mode.allowedFunctionNames : undefined;
  return {
    forcedTool: Array.isArray(names) ? String(names[0]) : undefined,
    instructions: listIn(isRecord(body) ? body.systemInstruction : undefined, 'parts')
      .map((part) => textIn(part, 'text'))
      .join('\n'),
    said: users.flatMap((part) => ('text' in part ? textIn(part, 'text') : [])),
    pictures: users.flatMap(inline),
    results: contents.flatMap(({ part: { functionResponse } }) =>
      isRecord(functionResponse)
        ? {
            call: textIn(functionResponse, 'id'),
            text: textIn(functionResponse.response, 'content') || errorIn(functionResponse.response),
            pictures: listIn(functionResponse, 'parts').flatMap(inline),
          }
        : [],
    ),
  };
}

const inline = ({ inlineData }: Part): Uint8Array[] =>
  isRecord(inlineData) ? [bytesOf(textIn(inlineData, 'data'))] : [];

const errorIn = (response: unknown): string => JSON.stringify(isRecord(response) ? response.error : undefined) ?? '';
