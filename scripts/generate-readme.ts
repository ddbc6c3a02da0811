import { readFile } from 'node:fs/promises';
import { adjustOperations, toolDefinitions } from '@atelier/sdk';

const path = new URL('../README.md', import.meta.url).pathname;

const example = new URL('./readme-example.ts', import.meta.url);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const firstSentence = (text: string): string => text.replace(/\.(\s.*)?$/s, '.');

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->` in the README. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  example: async () => `\`\`\`ts\n${(await readFile(example, 'utf8')).trim()}\n\`\`\``,
  tools: () =>
    table(
      ['tool', 'what it does', 'changes pictures'],
      toolDefinitions.map(({ name, description, annotations }) => [
        `\`${name}\``,
        firstSentence(description),
        annotations.readOnlyHint ? 'no' : 'makes a new one',
      ]),
    ),
  adjustments: () =>
    table(
      ['adjustment', 'what it does'],
      adjustOperations.map(({ name, description }) => [`\`${name}\``, description]),
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
