/** The page's only style; its hash is in the page's policy. */
export const style = `
:root { color-scheme: light dark; --page: #fbfaf8; --ink: #1d1c1a; --soft: #6b675f; --line: #e5e1d9; --box: #f3f0ea; --link: #8a3d12;
  --get: #1f6f50; --post: #7a4a00; --code: #26231f; --code-ink: #f0ebe2; }
@media (prefers-color-scheme: dark) { :root { --page: #171614; --ink: #ece8e0; --soft: #a29c91; --line: #34312c; --box: #22201d;
  --link: #f0a26b; --get: #7cc9a3; --post: #e6b35c; --code: #0f0e0d; --code-ink: #e8e2d8; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
:not(pre) > code { background: var(--box); border-radius: 4px; padding: 0.1em 0.35em; overflow-wrap: anywhere; }
.layout { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 92rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 2rem 1.25rem; border-right: 1px solid var(--line); font-size: 0.875rem; }
nav .name { font-weight: 700; font-size: 1.05rem; margin: 0 0 1rem; }
nav h2 { font-size: 0.75rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin: 1.25rem 0 0.35rem; border: 0; padding: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.16rem 0; color: var(--ink); overflow-wrap: anywhere; }
nav .method { font-size: 0.625rem; min-width: 2.5rem; }
main { padding: 2.5rem 3rem 6rem; min-width: 0; }
h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 0.5rem; }
h2 { font-size: 1.4rem; letter-spacing: -0.01em; margin: 3rem 0 0.75rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 0.25rem; }
h4 { font-size: 0.8rem; text-transform: uppercase; letter-spacing: 0.05em; color: var(--soft); margin: 1.25rem 0 0.35rem; }
h5 { font-size: 0.875rem; margin: 0.75rem 0 0.25rem; font-weight: 400; }
p { margin: 0.35rem 0 0.75rem; max-width: 46rem; }
.lead { font-size: 1.08rem; }
.endpoint { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 30rem); gap: 0 2.5rem; padding: 1.75rem 0; border-top: 1px solid var(--line); }
h2 + p + .endpoint, h2 + .endpoint { border-top: 0; }
.path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
.summary { font-weight: 600; }
.method { display: inline-block; font: 700 0.6875rem/1.6 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; color: var(--post); }
h3 .method { border: 1px solid currentColor; border-radius: 4px; padding: 0 0.4rem; vertical-align: 0.1rem; margin-right: 0.25rem; }
.method.get { color: var(--get); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 38%; font-weight: 400; }
.type, .note { color: var(--soft); font-size: 0.85em; }
pre { background: var(--code); color: var(--code-ink); border-radius: 8px; padding: 0.9rem 1.1rem; margin: 0.5rem 0 1rem; overflow-x: auto; }
pre.example { align-self: start; position: sticky; top: 1.5rem; margin-top: 0.2rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.answer { background: var(--box); color: inherit; border: 1px solid var(--line); }
.steps { padding-left: 1.25rem; max-width: 56rem; }
.schema { border-top: 1px solid var(--line); }
.schema summary { cursor: pointer; padding: 0.6rem 0; font-weight: 600; }
.option { border-left: 3px solid var(--line); padding-left: 1rem; margin: 0.5rem 0; }
@media (max-width: 75rem) { .endpoint { grid-template-columns: minmax(0, 1fr); } pre.example { position: static; margin-top: 1rem; } }
@media (max-width: 52rem) { .layout { grid-template-columns: minmax(0, 1fr); } nav { display: none; } main { padding: 1.5rem 1.25rem 4rem; } }
`;
