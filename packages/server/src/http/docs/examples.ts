import { type Document, type Endpoint, resolve, type SchemaOrReference } from './document.ts';
import { exampleValues } from './example-values.ts';
import { optionsOf } from './schemas.ts';

/** An example of a value that fits the schema: the one it names, or the plainest. */
export function exampleOf(document: Document, schema: SchemaOrReference): unknown {
  const known = resolve(document, schema);
  if (known.example !== undefined) return known.example;
  if (known.enum) return known.enum[0];
  const [option] = optionsOf(known) ?? [];
  if (option) return exampleOf(document, option);
  const [type] = [known.type ?? 'object'].flat();
  if (type === 'array') return known.items ? [exampleOf(document, known.items)] : [];
  if (type === 'object') return exampleFields(document, known);
  if (type === 'integer' || type === 'number') return Math.max(1, Number(known.minimum ?? 1));
  return type === 'boolean' ? true : '...';
}

/** What must be there, and a picture where there is one to name. */
function exampleFields(document: Document, schema: ReturnType<typeof resolve>): Record<string, unknown> {
  const required = new Set([...(schema.required ?? []), 'image']);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => required.has(name))
      .map(([name, field]) => [name, name === 'image' ? imageId : exampleOf(document, field)]),
  );
}

const imageId = 'img_9f86d081884c7d659a2feaa0c55ad015';

/** A command line that works once the ids in it are real. */
export function curlOf(document: Document, { method, path, operation }: Endpoint): string {
  const types = Object.keys(successOf(operation));
  const isOpen = operation.security?.length === 0;
  const parts = [
    types.includes('text/event-stream') ? 'curl -N' : 'curl',
    ...(method === 'get' || operation.requestBody ? [] : [`-X ${method.toUpperCase()}`]),
    ...(isOpen ? [] : ['-H "Authorization: Bearer $ATELIER_KEY"']),
    ...bodyParts(document, path, operation),
    ...(types.some((type) => type.startsWith('image/')) ? ['-o picture.png'] : []),
    `"${serverOf(document)}${filledPath(path)}"`,
  ];
  return parts.reduce((text, part) =>
    lastLine(text).length + part.length > 68 ? `${text} \\\n  ${part}` : `${text} ${part}`,
  );
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

export const serverOf = (document: Document): string => (document.servers?.[0]?.url ?? '').replace(/\/$/, '');

/** `/jobs/{id}` as `/jobs/JOB_ID`: what is to be filled in should look like it. */
const filledPath = (path: string): string =>
  path.replaceAll(/([a-z]+?)s?\/\{(\w+)\}/g, (_, thing: string, name: string) => {
    const plural = path.includes(`${thing}s/{`);
    return `${thing}${plural ? 's' : ''}/${thing.toUpperCase()}_${name.toUpperCase()}`;
  });

function bodyParts(document: Document, path: string, operation: Endpoint['operation']): string[] {
  const body = operation.requestBody;
  if (!body || '$ref' in body) return [];
  const values = exampleValues[path];
  const [form, json] = [body.content['multipart/form-data'], body.content['application/json']];
  if (form?.schema) return formParts(document, form.schema, values);
  if (!json?.schema) return [];
  const sent = JSON.stringify(values ?? exampleOf(document, json.schema));
  return ["-H 'Content-Type: application/json'", `-d ${quoted(sent)}`];
}

/** A field that is no text is sent as JSON. */
function formParts(document: Document, schema: SchemaOrReference, values: object | undefined): string[] {
  const { properties = {}, required = [] } = resolve(document, schema);
  const examples = Object.entries(properties)
    .filter(([name]) => name !== 'image' && required.includes(name))
    .map(([name, field]) => [name, exampleOf(document, field)] as const);
  const fields = Object.entries({ ...Object.fromEntries(examples), ...values }).map(
    ([name, value]) => `-F ${quoted(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)}`,
  );
  return 'image' in properties ? ['-F image=@photo.jpg', ...fields] : fields;
}

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Media types of the answer when it went well. */
export function successOf(operation: Endpoint['operation']): Record<string, { schema?: SchemaOrReference }> {
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (status.startsWith('2') && typeof response === 'object' && response !== null && 'content' in response)
      return response.content ?? {};
  }
  return {};
}
