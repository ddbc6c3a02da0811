import { join } from 'node:path';
import type { Studio } from '@atelier/sdk';
import { openBrainNamed } from './brain.ts';
import type { ServeChoice } from './choice.ts';
import type { WorkChoice } from './read-work.ts';

type StudioWork = Extract<WorkChoice, { readonly kind: 'studio' }>;

/**
 * Backends, a brain and stores in the data folder, shared with `atelier edit --session` of the same folder. Takes longer than
 * answering a host may, so it is called when the first tool needs it. A server that does not answer is an error, and never a
 * reason to work without it.
 */
export async function openStudio(choice: ServeChoice, { server, brain }: StudioWork): Promise<Studio> {
  const [{ atelier, fileAssetStore, fileHistoryStore }, { local }] = await Promise.all([
    import('@atelier/sdk'),
    import('@atelier/local'),
  ]);
  const remote = server && (await import('@atelier/sdk/triton')).triton(server.options);
  try {
    await remote?.refresh();
    return atelier({
      backends: [...(remote ? [remote] : []), local()],
      brain: await openBrainNamed(brain, choice.env),
      approve: choice.approve,
      assets: fileAssetStore(join(choice.data, 'assets')),
      history: fileHistoryStore(join(choice.data, 'sessions')),
      roots: choice.roots,
      urls: allowedUrls(choice.urlHosts),
    });
  } catch (error) {
    await remote?.close();
    throw error;
  }
}

/** Which addresses may be fetched. @param hosts names, `*.` before a name for all below it, `*` for any */
export const allowedUrls =
  (hosts: readonly string[]) =>
  ({ hostname }: URL): boolean =>
    hosts.some((host) => {
      if (host === '*') return true;
      return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
    });
