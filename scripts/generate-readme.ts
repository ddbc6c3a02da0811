import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { adjustOperations, type ToolDefinition, toolDefinitions } from '@atelier/sdk';

const path = fileURLToPath(new URL('../README.md', import.meta.url));

const example = new URL('./readme-example.ts', import.meta.url);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const firstSentence = (text: string): string => text.replace(/\.(\s.*)?$/s, '.');

type ToolFacts = Pick<ToolDefinition, 'name' | 'description' | 'annotations' | 'capability'>;

/** A tool that changes which picture is current without a capability to paint with can only return to one there was. */
function effectOf({ readOnlyHint }: ToolDefinition['annotations'], capability: ToolDefinition['capability']): string {
  if (readOnlyHint) return 'no';
  return capability ? 'makes a new one' : 'goes back to an older one';
}

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->` in the README. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  example: async () => `\`\`\`ts\n${(await readFile(example, 'utf8')).trim()}\n\`\`\``,
  tools: () =>
    table(
      ['tool', 'what it does', 'changes pictures'],
      toolDefinitions.map(({ name, description, annotations, capability }: ToolFacts) => [
        `\`${name}\``,
        firstSentence(description),
        effectOf(annotations, capability),
      ]),
    ),
  adjustments: () =>
    table(
      ['adjustment', 'what it does', 'for instance'],
      adjustOperations.map(({ name, description, example }) => [
        `\`${name}\``,
        description,
        `\`${JSON.stringify(example)}\``,
      ]),
    ),
};

/** The README with its tables as the sources have them. */
export async function generateReadme(): Promise<{ path: string; content: string }> {
  let content = await readFile(path, 'utf8');
  for (const [name, render] of Object.entries(sections)) {
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(content)) throw new Error(`README.md has no section <!-- ${name} -->.`);
    const rendered = await render();
    content = content.replace(pattern, (_all, open: string, close: string) => `${open}${rendered}\n${close}`);
  }
  return { path, content };
}
