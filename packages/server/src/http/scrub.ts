/** First parts of the paths of this API: those may be named in hints. */
const routes = 'agent|jobs|images|sessions|vision|chat|ws|docs|openapi\\.json|healthz|readyz|metrics';
const part = '[^\\s/\\\\"\'`“”‘’<>|;,()\\[\\]{}]+';
/** What stands before a path: never the middle of a word, a URL or another path. */
const before = '(?<![\\p{L}\\p{N}_./:\\\\-])';

const fileUrl = /\bfile:\/\/[^\s"'`“”‘’<>)]+/giu;
const windowsPath = new RegExp(`${before}(?:[A-Za-z]:[\\\\/]|\\\\\\\\)(?:${part}[\\\\/])*(?:${part})?`, 'gu');
const absolutePath = new RegExp(`${before}/(?!(?:${routes})(?![\\p{L}\\p{N}]))(?:${part}/)+(?:${part})?`, 'gu');
const relativePath = new RegExp(`${before}(?:\\.{1,2}|~|\\.[A-Za-z]+)/(?:${part}/)*(?:${part})?`, 'gu');
const address = /\b(?:https?|grpcs?|wss?|postgres(?:ql)?):\/\/[^\s"'`“”‘’<>)]+/giu;
/** Host and port, as network errors name them: "connect ECONNREFUSED 10.0.0.7:8000". */
const hostAndPort =
  /(?<![\p{L}\p{N}.-])(?:\[[0-9a-f:.]+\]|(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*):\d{2,5}\b/giu;

/**
 * The text with every path of a file system replaced: what an error from below may say about this machine. What stands in `said`,
 * the caller's own words, stays as it is.
 */
export const withoutPaths = (text: string, said = ''): string =>
  [fileUrl, windowsPath, absolutePath, relativePath].reduce(
    (left, path) => left.replaceAll(path, (found) => (said.includes(withoutStop(found)) ? found : '(a file)')),
    text,
  );

/** The text with the addresses of servers behind this one replaced. */
export const withoutAddresses = (text: string): string =>
  text.replaceAll(address, '(a server)').replaceAll(hostAndPort, '(a server)');

/** Without the full stop of a sentence that ends with it. */
const withoutStop = (found: string): string => found.replace(/[.:!?]+$/, '');
