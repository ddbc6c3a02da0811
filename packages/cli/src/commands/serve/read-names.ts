import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';

interface NameKind {
  readonly variable: string;
  /** What each name must be, as the end of a sentence. */
  readonly wanted: string;
  readonly example: string;
  isOne(name: string): boolean;
}

/** As the address bar shows a server's name: the port only where it is not 80. */
const isHost = (name: string): boolean =>
  /^[A-Za-z0-9._:[\]-]+$/.test(name) && URL.parse(`http://${name}`)?.host === name.toLowerCase();

const isHostname = (name: string): boolean => isHost(name) && URL.parse(`http://${name}`)?.port === '';

/** Nothing behind the host: a path would promise what nobody looks at. */
const isOrigin = (name: string): boolean => {
  const url = URL.parse(name);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
};

const listed =
  (kind: NameKind) =>
  (written: string | undefined): string[] => {
    const names = (written ?? '').split(',').map((part) => part.trim());
    const given = names.filter((name) => name !== '');
    const wrong = given.find((name) => name !== '*' && !kind.isOne(name));
    if (wrong === undefined) return given;
    const { variable, wanted, example } = kind;
    throw new UsageError(
      `${variable} is a list of ${wanted}, and "${printable(wrong)}" is none`,
      `for example ${variable}=${example}`,
    );
  };

/** Names under which the server is reached. Throws `UsageError`, as the others here. */
export const readHosts = listed({
  variable: 'ATELIER_ALLOWED_HOSTS',
  wanted: 'host names, without scheme or path',
  example: 'atelier.example.org,10.0.0.5:8080',
  isOne: isHost,
});

/** Origins of web pages. */
export const readOrigins = listed({
  variable: 'ATELIER_ALLOWED_ORIGINS',
  wanted: 'origins, a scheme and a host without path',
  example: 'https://studio.example.org,http://localhost:5173',
  isOne: isOrigin,
});

/** Servers that pictures may be fetched from. */
export const readImageHosts = listed({
  variable: 'ATELIER_IMAGE_HOSTS',
  wanted: 'host names, without scheme, port or path',
  example: 'images.example.org,*.example.com',
  isOne: (name) => isHostname(name.replace(/^\*\./, '')),
});
