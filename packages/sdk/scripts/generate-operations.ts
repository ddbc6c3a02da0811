import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/capabilities/adjust/operations/', import.meta.url));

/** `soft-focus` exports `softFocus`. */
const exportOf = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** On one line while it fits into 120 columns, as the formatter would have it. */
function listOf(exports: readonly string[]): string {
  const start = 'export const adjustOperations: readonly AdjustOperation[] = [';
  const line = `${start}${exports.join(', ')}];`;
  return line.length <= 120 ? line : `${start}\n${exports.map((name) => `  ${name},\n`).join('')}];`;
}

/** The list of adjust operations, made from the files in their folder. Writes nothing. */
export async function generateOperationsIndex(): Promise<{ path: string; content: string }> {
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const content = [
    '// Generated from the files in this folder by scripts/generate-operations.ts: do not edit.',
    "import type { AdjustOperation } from '../operation.ts';",
    ...names.map((name) => `import { ${exportOf(name)} } from './${name}.ts';`),
    '',
    '/** Every adjustment there is, by name. */',
    listOf(names.map(exportOf)),
    '',
  ].join('\n');
  return { path: `${folder}index.ts`, content };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, content } = await generateOperationsIndex();
  await writeFile(path, content);
}
