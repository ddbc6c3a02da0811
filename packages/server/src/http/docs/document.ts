import type { AtelierHono } from '../route-context.ts';

export type Document = ReturnType<AtelierHono['getOpenAPI31Document']>;
type PathItem = NonNullable<Document['paths']>[string];
export type Operation = NonNullable<PathItem['get']>;
export type SchemaOrReference = NonNullable<NonNullable<Document['components']>['schemas']>[string];
export type Schema = Exclude<SchemaOrReference, { $ref: string }>;
export type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;

/** One method of one path. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly operation: Operation;
  /** Unique on the page. */
  readonly anchor: string;
}

export interface Group {
  readonly name: string;
  readonly description: string | undefined;
  readonly endpoints: readonly Endpoint[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The endpoints by their first tag: tags in the document's order, then those that it does not describe. */
export function groupsOf(document: Document): readonly Group[] {
  const byTag = new Map<string, Endpoint[]>((document.tags ?? []).map(({ name }) => [name, []]));
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const [tag = 'Others'] = operation.tags ?? [];
      const anchor = `${method}-${path.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}`;
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method, path, operation, anchor }]);
    }
  }
  return [...byTag]
    .filter(([, endpoints]) => endpoints.length > 0)
    .map(([name, endpoints]) => ({
      name,
      description: document.tags?.find((tag) => tag.name === name)?.description,
      endpoints,
    }));
}

/** `Job` of `#/components/schemas/Job`; undefined for a schema that stands for itself. */
export const nameOf = (schema: SchemaOrReference): string | undefined =>
  '$ref' in schema && typeof schema.$ref === 'string' ? schema.$ref.replace(/^.*\//, '') : undefined;

/** The schema itself, looked up where it is a reference. */
export function resolve(document: Document, schema: SchemaOrReference): Schema {
  const name = nameOf(schema);
  const found = name === undefined ? schema : document.components?.schemas?.[name];
  return !found || '$ref' in found ? {} : found;
}

export const parametersOf = (operation: Operation): readonly Parameter[] =>
  (operation.parameters ?? []).filter((parameter): parameter is Parameter => !('$ref' in parameter));
