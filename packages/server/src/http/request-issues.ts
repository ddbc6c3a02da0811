import type { z } from 'zod';

/** What a schema refused: where in the request, and why. */
export interface RequestIssue {
  readonly path: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

const mostIssues = 20;

/** The issues of a schema in words for whoever sent the request. `where`: the part of the request that was checked. */
export const requestIssues = (issues: readonly Issue[], where: string | undefined): RequestIssue[] =>
  issues
    .flatMap(opened)
    .slice(0, mostIssues)
    .map((issue) => ({
      path: [...(where ? [where] : []), ...issue.path.map(String)].join('.').slice(0, 200),
      message: wordsOf(issue).slice(0, 300),
    }));

/**
 * Of a value that may have several forms, "invalid input" helps nobody: it is told what keeps it from the form that it is
 * closest to, and where it is as close to several, what each of them wants.
 */
function opened(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const forms = issue.errors.map((form) => form.flatMap(opened));
  const least = Math.min(...forms.map((form) => form.length));
  const closest = forms.filter((form) => form.length === least);
  const [only] = closest;
  if (only && closest.length === 1) return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  const wanted = closest.map((form) =>
    form.map((inner) => [inner.path.map(String).join('.'), wordsOf(inner)].filter(Boolean).join(' ')).join(', '),
  );
  return [{ ...issue, message: [...new Set(wanted)].join('; or ') }];
}

/** The framework's "expected string, received undefined" is about a field that is not there. */
const wordsOf = ({ code, message }: Issue): string =>
  code === 'invalid_type' && /received undefined$/.test(message) ? 'is missing' : message;
