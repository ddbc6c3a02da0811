import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const folder = fileURLToPath(new URL('../src/triton/grpc/', import.meta.url));
const sources = ['kserve.proto', 'model-config.proto', 'model-scheduling.proto'];

/** The .proto files as a module, so that nothing is read or parsed at run time. Writes nothing. */
export async function generateProtoDescriptor(): Promise<{ path: string; content: string }> {
  const root = new protobuf.Root();
  for (const source of sources) {
    protobuf.parse(await readFile(`${folder}${source}`, 'utf8'), root, { keepCase: true });
  }
  // A misspelt type is found here and not at the first call.
  root.resolveAll();
  const json = JSON.stringify(root.toJSON()).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const content = [
    '// Generated from the .proto files in this folder by scripts/generate-proto.ts: do not edit.',
    '',
    '/** The services and messages of the .proto files, as JSON for protobufjs. */',
    `export const protoDescriptor =\n  '${json}';`,
    '',
  ].join('\n');
  return { path: `${folder}proto-descriptor.ts`, content };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, content } = await generateProtoDescriptor();
  await writeFile(path, content);
}
