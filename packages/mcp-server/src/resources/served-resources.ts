import { safeNamePattern } from '@atelier/sdk/tools';
import type { CacheHint, ReadResourceResult, Resource } from '@modelcontextprotocol/server';
import type { ResourceAccess } from './access.ts';
import { type Completion, completions } from './completions.ts';
import { knownFile } from './known-files.ts';
import { readPicture, readPreview } from './read-picture.ts';
import { type ResourceKind, resourceWords } from './resource-words.ts';
import { StrictTemplate } from './strict-template.ts';
import { historyUri, imageUri, jobUri } from './uris.ts';

type Contents = ReadResourceResult['contents'][number];
/** Without its address, which is the one that was asked for. */
type Body = Omit<Extract<Contents, { blob: string }>, 'uri'> | Omit<Extract<Contents, { text: string }>, 'uri'>;

export interface ServedResource {
  readonly name: ResourceKind;
  readonly template: StrictTemplate;
  readonly complete: Completion;
  readonly mimeType?: string | undefined;
  /** Who it is for: hosts do not pour what is for people alone into a model's context. */
  readonly audience: readonly ('user' | 'assistant')[];
  readonly cacheHint: CacheHint;
  readonly list?: (() => Promise<Resource[]>) | undefined;
  /** Rejects with `AtelierError`s. */
  readonly read: (id: string, signal: AbortSignal) => Promise<Body>;
}

const imageId = /^img_[0-9a-f]{32}$/;
const maskId = /^mask_[0-9a-f]{32}$/;

/** Ids of pictures and masks are hashes of what they show: it never changes, though it may be deleted. A day. */
const unchanging: CacheHint = { ttlMs: 24 * 60 * 60 * 1000, cacheScope: 'private' };
const changing: CacheHint = { ttlMs: 0, cacheScope: 'private' };

const json = (value: unknown): Body => ({ mimeType: 'application/json', text: JSON.stringify(value) });

/** Everything that can be read, in the order that lists have. */
export function servedResources(access: ResourceAccess): readonly ServedResource[] {
  const { workshop, settings } = access;
  const words = resourceWords[settings.language];
  const complete = completions(workshop);
  return [
    {
      name: 'picture',
      template: new StrictTemplate(imageUri(''), '', imageId),
      complete: complete.images,
      audience: ['user'],
      cacheHint: unchanging,
      list: async () =>
        (await workshop.recentPictures()).map(({ id, width, height }) => ({
          uri: imageUri(id),
          name: id,
          title: words.pictureOf(width, height),
          ...knownFile(workshop, id),
        })),
      read: (id, signal) => readPicture(access, id, signal),
    },
    {
      name: 'preview',
      template: new StrictTemplate(imageUri(''), '/preview', imageId),
      complete: complete.images,
      audience: ['user', 'assistant'],
      cacheHint: unchanging,
      read: (id, signal) => readPreview(access, id, signal),
    },
    {
      name: 'mask',
      template: new StrictTemplate('atelier://masks/', '', maskId),
      complete: complete.masks,
      mimeType: 'application/json',
      audience: ['user'],
      cacheHint: unchanging,
      read: async (id) => json(await workshop.mask(id)),
    },
    {
      name: 'history',
      template: new StrictTemplate('atelier://sessions/', '/history', safeNamePattern),
      complete: complete.sessions,
      mimeType: 'application/json',
      audience: ['user', 'assistant'],
      cacheHint: changing,
      list: async () =>
        (await workshop.recentSessions()).map((id) => ({ uri: historyUri(id), name: id, title: words.historyOf(id) })),
      read: async (id) => json(await workshop.history(id)),
    },
    {
      name: 'job',
      template: new StrictTemplate('atelier://jobs/', '', safeNamePattern),
      complete: complete.jobs,
      mimeType: 'application/json',
      audience: ['user', 'assistant'],
      cacheHint: changing,
      list: async () =>
        (await workshop.jobs.recent()).map((id) => ({ uri: jobUri(id), name: id, title: words.jobOf(id) })),
      read: async (id) => json(await workshop.jobs.get(id)),
    },
  ];
}
