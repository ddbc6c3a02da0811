import { createHash } from 'node:crypto';
import { type Document, type Group, groupsOf, resolve } from './document.ts';
import { endpointSection } from './endpoint.ts';
import { Html, html, inline, prose } from './html.ts';
import { quickStart } from './quick-start.ts';
import { details } from './schemas.ts';
import { style } from './style.ts';

const styleHash = createHash('sha256').update(style).digest('base64');

/** What the page may load: its own style, and nothing else. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The reference as one page, without scripts and without anything from elsewhere. */
export function docsPage(document: Document): string {
  const groups = groupsOf(document);
  const { title, description = '' } = document.info;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${new Html(`<style>${style}</style>`)}
</head>
<body>
<div class="layout">
${navigation(title, groups)}
<main>
<h1>${title}</h1>
<div class="lead">${prose(description)}</div>
<p>For machines: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${quickStart(document)}
${groups.map(
  (group) => html`<section>
<h2 id="${anchorOf(group)}">${group.name}</h2>
${group.description === undefined ? undefined : html`<p>${inline(group.description)}</p>`}
${group.endpoints.map((endpoint) => endpointSection(document, endpoint))}
</section>`,
)}
${schemaSection(document)}
</main>
</div>
</body>
</html>
`.text;
}

const anchorOf = ({ name }: Group): string => `group-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

const navigation = (title: string, groups: readonly Group[]): Html => html`<nav aria-label="Contents">
<p class="name">${title}</p>
<ul><li><a href="#start">Start here</a></li><li><a href="#errors">Errors</a></li></ul>
${groups.map(
  (group) => html`<h2>${group.name}</h2>
<ul>${group.endpoints.map(
    ({ method, path, anchor }) =>
      html`<li><a href="#${anchor}"><span class="method ${method}">${method.toUpperCase()}</span> ${path}</a></li>`,
  )}</ul>`,
)}
<h2>Schemas</h2>
<ul><li><a href="#schemas">All schemas</a></li></ul>
</nav>`;

const schemaSection = (document: Document): Html => html`<section id="schemas">
<h2>Schemas</h2>
${Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
  const known = resolve(document, schema);
  return html`<details class="schema" id="schema-${name}">
<summary>${name}</summary>
${known.description === undefined ? undefined : prose(known.description)}
${details(known)}
</details>`;
})}
</section>`;
