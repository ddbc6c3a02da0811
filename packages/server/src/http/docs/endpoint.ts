import { type Document, type Endpoint, parametersOf } from './document.ts';
import { curlOf } from './examples.ts';
import { type Html, html, inline, prose } from './html.ts';
import { details, table, typeOf } from './schemas.ts';

/** One method of one path: what it does, what it takes, what it answers, and how to call it. */
export const endpointSection = (document: Document, endpoint: Endpoint): Html => {
  const { method, path, operation, anchor } = endpoint;
  return html`<section class="endpoint" id="${anchor}">
<div class="text">
<h3><span class="method ${method}">${method.toUpperCase()}</span> <a class="path" href="#${anchor}">${path}</a></h3>
<p class="summary">${inline(operation.summary ?? '')}</p>
${operation.description === undefined ? undefined : prose(operation.description)}
${parameters(operation)}
${requestBody(operation)}
${answers(operation)}
</div>
<pre class="example"><code>${curlOf(document, endpoint)}</code></pre>
</section>`;
};

const places: Readonly<Record<string, string>> = { path: 'in the path', query: 'query', header: 'header' };

function parameters(operation: Endpoint['operation']): Html | undefined {
  const rows = parametersOf(operation).map((parameter) => ({
    name: parameter.name,
    note: `${places[parameter.in] ?? parameter.in}${parameter.required ? '' : ', optional'}`,
    schema: parameter.schema ?? {},
    description:
      parameter.description ??
      (parameter.schema && 'description' in parameter.schema ? parameter.schema.description : undefined),
  }));
  return rows.length === 0 ? undefined : html`<h4>Parameters</h4>${table(rows)}`;
}

function requestBody(operation: Endpoint['operation']): Html | undefined {
  const body = operation.requestBody;
  if (!body || '$ref' in body) return undefined;
  const forms = Object.entries(body.content).map(([type, { schema = {} }]) => {
    const shown = '$ref' in schema || schema.format === 'binary' ? html`<p>${typeOf(schema)}</p>` : details(schema);
    return html`<h5><code>${type}</code></h5>${shown}`;
  });
  return html`<h4>Body</h4>${forms}`;
}

function answers(operation: Endpoint['operation']): Html {
  const rows = Object.entries(operation.responses ?? {}).flatMap(([status, response]: [string, unknown]) =>
    isResponse(response) ? [answer(status, response)] : [],
  );
  return html`<h4>Answers</h4><table>${rows}</table>`;
}

interface Answer {
  readonly description: string;
  readonly content?: NonNullable<Endpoint['operation']['requestBody']> extends infer Body
    ? Extract<Body, { content: unknown }>['content']
    : never;
}

const isResponse = (response: unknown): response is Answer =>
  typeof response === 'object' && response !== null && 'description' in response;

const answer = (status: string, { description, content = {} }: Answer): Html => html`<tr>
  <th scope="row"><code>${status === 'default' ? 'other' : status}</code></th>
  <td>${inline(description)}${Object.entries(content).map(
    ([type, { schema }]) => html` <span class="type">${schema && '$ref' in schema ? typeOf(schema) : type}</span>`,
  )}</td>
</tr>`;
