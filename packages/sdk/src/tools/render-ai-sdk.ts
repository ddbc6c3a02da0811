import { asSchema, type JSONSchema7, jsonSchema, type Tool, type ToolSet, tool } from 'ai';
import { AtelierError } from '../errors/atelier-error.ts';
import { filePart, type ShowPicture } from './show-pictures.ts';
import { type AnyTool, asAnyTool, toolDefinitions } from './tools.ts';

/** What runs a tool for the AI SDK: the run loop, or a bare session. */
export type RunTool = (
  definition: AnyTool,
  input: unknown,
  call: { readonly id: string; readonly signal: AbortSignal | undefined },
) => Promise<unknown>;

export interface RenderOptions {
  /** Previews for brains that see. Default: none, for brains that read words only. */
  readonly preview?: ShowPicture | undefined;
}

/**
 * The tools as the AI SDK takes them. Outputs reach the brain as JSON text, ids and figures; where an output shows a picture
 * and `preview` is given, a small copy of it follows the text. A picture's bytes are never in the text.
 */
export function renderForAiSdk(runTool: RunTool, options: RenderOptions = {}): ToolSet {
  return Object.fromEntries(
    toolDefinitions.map(asAnyTool).map((definition) => [definition.name, renderOne(definition, runTool, options)]),
  );
}

const renderOne = (definition: AnyTool, runTool: RunTool, { preview }: RenderOptions): Tool =>
  tool({
    description: definition.description,
    inputSchema: plainSchema(definition.inputSchema),
    outputSchema: definition.outputSchema,
    execute: (input: unknown, { toolCallId, abortSignal }) =>
      runTool(definition, input, { id: toolCallId, signal: abortSignal }).catch(wordForBrain),
    toModelOutput: async ({ input, output }) => {
      // One text part and no more: Gemini 2 takes each text part for a response of its own.
      const text = { type: 'text' as const, text: JSON.stringify(output) };
      const shown = preview ? shownBy(definition, input, output) : undefined;
      const picture = shown && (await preview?.(shown.image, shown.mask));
      return { type: 'content', value: shown && picture ? [text, filePart(shown.image, picture)] : [text] };
    },
  });

/** Without `propertyNames`, which says of JSON only that names are strings, and which providers refuse or warn of. */
function plainSchema(schema: AnyTool['inputSchema']) {
  const { jsonSchema: full, validate } = asSchema(schema);
  const plain = async (): Promise<JSONSchema7> =>
    JSON.parse(JSON.stringify(await full, (key, value: unknown) => (key === 'propertyNames' ? undefined : value)));
  return jsonSchema(plain, validate ? { validate } : {});
}

/** The picture that an output shows: the edited, loaded or painted one, the numbered one, or the cut-out thing in its picture. */
function shownBy(
  { name }: AnyTool,
  input: unknown,
  output: unknown,
): { readonly image: string; readonly mask?: string } | undefined {
  const image = text(output, 'image') ?? text(output, 'overlay');
  if (image !== undefined) return { image };
  const source = text(input, 'image');
  const mask = text(output, 'mask');
  return name === 'segment_object' && source !== undefined && mask !== undefined ? { image: source, mask } : undefined;
}

function text(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** A brain sees of an error only its message: the whole error goes there, with the code to branch on and the hint to act on. */
function wordForBrain(error: unknown): never {
  throw AtelierError.isInstance(error) ? new Error(JSON.stringify(error.toJSON()), { cause: error }) : error;
}
