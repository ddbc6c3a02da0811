import { nameOf, type Schema, type SchemaOrReference } from './document.ts';
import { type Html, html, inline } from './html.ts';

/** What a value may be, in a few words, with links to schemas that have a name. */
export function typeOf(schema: SchemaOrReference): Html {
  const name = nameOf(schema);
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  if ('$ref' in schema) return html`any`;
  const options = optionsOf(schema);
  if (options) return joined(options.map(typeOf), ' or ');
  if (schema.enum)
    return joined(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      ' or ',
    );
  const types = [schema.type ?? 'any'].flat();
  return joined(
    types.map((type) => plainType(schema, type)),
    ' or ',
  );
}

export const optionsOf = (schema: Schema): readonly SchemaOrReference[] | undefined => schema.oneOf ?? schema.anyOf;

function plainType(schema: Schema, type: string): Html {
  if (type === 'array') return schema.items ? html`list of ${typeOf(schema.items)}` : html`list`;
  if (type === 'string' && schema.format === 'binary') return html`file`;
  if (type === 'object') return html`object`;
  return html`${type}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum }: Schema): string {
  if (typeof minimum === 'number' && typeof maximum === 'number') return ` ${minimum}..${maximum}`;
  return typeof minimum === 'number' ? ` from ${minimum}` : '';
}

const joined = (parts: readonly Html[], between: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;

export interface Row {
  readonly name: string;
  readonly note?: string | undefined;
  readonly schema: SchemaOrReference;
  readonly description?: string | undefined;
}

/** Rows for an object's fields: the fields of all parts where it is put together from several. */
export function rowsOf(schema: Schema): readonly Row[] {
  const required = new Set(schema.required ?? []);
  const own = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    note: required.has(name) ? undefined : 'optional',
    schema: field,
    description: 'description' in field ? field.description : undefined,
  }));
  const parts = (schema.allOf ?? []).flatMap((part) => ('$ref' in part ? [] : rowsOf(part)));
  return [...parts, ...own];
}

export const table = (rows: readonly Row[]): Html =>
  html`<table>${rows.map(
    ({ name, note, schema, description }) => html`<tr>
  <th scope="row"><code>${name}</code>${note === undefined ? undefined : html` <span class="note">${note}</span>`}</th>
  <td><span class="type">${typeOf(schema)}</span>${description === undefined ? undefined : html`<br>${inline(description)}`}</td>
</tr>`,
  )}</table>`;

/** Everything about a schema: its fields, or each of the forms it may have. */
export function details(schema: Schema): Html {
  const options = optionsOf(schema);
  if (options) return html`<p class="note">One of:</p>${options.map(option)}`;
  const rows = rowsOf(schema);
  return rows.length > 0 ? table(rows) : html`<p><span class="type">${typeOf(schema)}</span></p>`;
}

const option = (schema: SchemaOrReference): Html => {
  if ('$ref' in schema) return html`<p class="option">${typeOf(schema)}</p>`;
  const whole = (schema.allOf ?? []).filter((part) => '$ref' in part);
  const also = whole.length > 0 ? html`<p>and the fields of ${whole.map(typeOf)}</p>` : undefined;
  return html`<div class="option">${details(schema)}${also}</div>`;
};
