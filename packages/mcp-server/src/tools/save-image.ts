import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { type McpCall, mcpTool } from './mcp-tool.ts';
import { checkFileName } from './save/file-name.ts';
import { pictureFile } from './save/picture-file.ts';
import { writeInside } from './save/write-inside.ts';
import { pictureSchema, takePicture } from './take-picture.ts';

const formats = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp' } as const;

/** Writes a picture into the one folder that was allowed, over HTTP into the caller's own folder in it. Offered only where there is such a folder. */
export const saveImage = mcpTool({
  name: 'save_image',
  title: 'Save picture',
  description:
    'Writes the full picture as a file into the folder that this server may write to, and answers with its path. The extension of the name chooses the format; metadata is left out.',
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true, openWorldHint: true },
  scope: 'edit',
  inputSchema: z.strictObject({
    image: pictureSchema,
    name: z
      .string()
      .min(1)
      .max(400)
      .describe('File name, or relative path, ending in .png, .webp (both lossless) or .jpg: "trip/beach.png"'),
    overwrite: z.boolean().optional().describe('Replace an existing file. Only when the person asked for it'),
  }),
  outputSchema: z.object({ path: z.string(), bytes: z.number().int() }),
  async handle({ image, name, overwrite = false }, call) {
    const { output } = call.settings;
    if (output === undefined) throw noFolder();
    const { segments, extension } = checkFileName(name, Object.keys(formats));
    const format = formatOf(extension);
    const { id } = await takePicture(image, call);
    const { signal, language, principal } = call;
    const bytes = await pictureFile(() => call.workshop.file(id, { signal }), {
      format,
      scope: principal.scope,
      signal,
      onDecoded: () => call.tell(0.4, language === 'ko' ? '사진을 저장하는 중' : 'Saving the picture'),
    });
    signal.throwIfAborted();
    const place = [...ownFolder(call), ...segments];
    const path = await writeInside(output, place, bytes, { overwrite });
    return { output: { path: isSameMachine(call) ? path : place.join('/'), bytes: bytes.length } };
  },
});

/** Over stdio, where the caller is whoever started this program. Others shall not learn how this machine names its folders. */
const isSameMachine = ({ settings, principal }: McpCall): boolean =>
  settings.uploads === undefined && principal.scope === 'default';

/** Callers who are not told of each other shall not meet in the folder. Over HTTP everybody has one: a key may be called `default`. */
const ownFolder = (call: McpCall): readonly string[] => (isSameMachine(call) ? [] : [call.principal.scope]);

const formatOf = (extension: string): 'png' | 'jpeg' | 'webp' =>
  Object.entries(formats).find(([known]) => known === extension)?.[1] ?? 'png';

const noFolder = (): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: 'This server may not write files.',
    hint: 'Whoever runs it can allow a folder: start it with --output FOLDER (or ATELIER_MCP_OUTPUT).',
  });
