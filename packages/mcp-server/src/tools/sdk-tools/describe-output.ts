import type { ToolName } from '@atelier/sdk';
import type { ShownPicture, ToolReply } from '../mcp-tool.ts';

/** What a host is shown of a tool's output, beside the output itself. */
export function describeOutput(
  tool: ToolName,
  output: Readonly<Record<string, unknown>>,
  input: Readonly<Record<string, unknown>>,
): ToolReply {
  const [image, overlay, mask] = [text(output.image), text(output.overlay), text(output.mask)];
  const pictures: ShownPicture[] = [];
  if (image !== undefined) pictures.push({ id: image, title: titles[tool] ?? 'The picture' });
  if (overlay !== undefined) pictures.push({ id: overlay, title: 'What was found, numbered', hasLink: false });
  const looked = text(input.image);
  if (tool === 'segment_object' && mask !== undefined && looked !== undefined)
    pictures.push({ id: looked, mask, title: 'What was cut out, tinted', hasLink: false });
  return {
    output,
    pictures,
    masks: mask === undefined ? [] : [mask],
    advice: advice(output),
  };
}

const titles: Partial<Record<ToolName, string>> = {
  remove_object: 'The edited picture',
  inpaint_image: 'The edited picture',
  adjust_image: 'The edited picture',
  generate_image: 'The new picture',
  undo_edit: 'The picture as it is now',
};

/** Nobody shall be told that an edit worked that did not pass its second look. */
function advice({ verified, stopped }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof verified === 'object' && verified !== null && Reflect.get(verified, 'ok') === false)
    return `The edit was made, but its check did not confirm it: ${String(Reflect.get(verified, 'reason'))} Tell the person so.`;
  if (typeof stopped === 'object' && stopped !== null)
    return 'A later edit could not be made again and is no longer in the picture. Tell the person so.';
  return undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
