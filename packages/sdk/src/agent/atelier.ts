import type { LanguageModelV4 } from '@ai-sdk/provider';
import { type ModelMessage, type ToolApprovalStatus, ToolLoopAgent, type ToolSet } from 'ai';
import type { AssetStore } from '../assets/asset-store.ts';
import { Library } from '../assets/library.ts';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import type { Backend } from '../capabilities/capability.ts';
import { createVision, createVisionContext, type Vision } from '../capabilities/vision.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import type { HistoryStore } from '../history/history-store.ts';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import type { ImageInput, ReadPolicy } from '../image/image-input.ts';
import { renderForAiSdk } from '../tools/render-ai-sdk.ts';
import type { ShowPicture } from '../tools/show-pictures.ts';
import { repairToolCall } from './brains/repair-tool-call.ts';
import { seesPictures } from './brains/sees-pictures.ts';
import { takesWordsFromToolsOnly, withToolImagesInUserMessages } from './brains/tool-images.ts';
import { judge } from './gate.ts';
import { instructions } from './instructions.ts';
import { planFirst } from './plan-first.ts';
import { prepareMessages } from './prepare-messages.ts';
import type { ProtectInput } from './protect-rules.ts';
import type { ApprovalMode } from './run.ts';
import { Session } from './session.ts';
import { newSessionId } from './session-id.ts';
import { SessionState } from './session-state.ts';

export interface AtelierOptions {
  /** Who can look and paint, in order of preference. @example [local()] */
  readonly backends: readonly Backend[];
  /** Any AI SDK language model that plans, or the built-in planner. Needed for runs, not for `vision`. @example planner() */
  readonly brain?: LanguageModelV4 | undefined;
  /**
   * Which tool calls wait for a person's yes: `edits`, `never`, or a function. A run may say otherwise. Default `never`.
   * @example approve: 'edits'
   */
  readonly approve?: ApprovalMode | undefined;
  /** Where pictures and masks are kept. Default: in memory. @example fileAssetStore('./.atelier/assets') */
  readonly assets?: AssetStore | undefined;
  /** Where sessions are kept. Default: in memory. @example fileHistoryStore('./.atelier/sessions') */
  readonly history?: HistoryStore | undefined;
  /** The tenant: nothing is visible across scopes. Default `default`. */
  readonly scope?: string | undefined;
  /** Folders that files must lie in. Default: any file for your own calls, and no file at all for `load_image`, which the brain calls. */
  readonly roots?: readonly string[] | undefined;
  /** Which URLs may be fetched. Default: none. @example urls: ({ hostname }) => hostname === 'images.example.org' */
  readonly urls?: ((url: URL) => boolean) | undefined;
  /** Largest pictures. Default 100 megapixels and 128 MiB. @example { maxPixels: 24_000_000 } */
  readonly limits?: { readonly maxPixels?: number | undefined; readonly maxBytes?: number | undefined } | undefined;
  /** Decoded pixels kept at hand, in bytes, so that they need not be read again. Default 256 MiB: five photographs of 12 megapixels. */
  readonly cacheBytes?: number | undefined;
}

/** What another tenant, or another place to keep things, changes of a studio. */
export type StudioPlace = Pick<
  AtelierOptions,
  'assets' | 'history' | 'scope' | 'roots' | 'urls' | 'limits' | 'cacheBytes'
>;

export interface SessionOptions {
  /** A new session's picture, or one more for a stored session. */
  readonly image?: ImageInput | undefined;
  readonly images?: readonly ImageInput[] | undefined;
  /** Goes on with a stored session, or begins one under this name. Default: a new id. */
  readonly id?: string | undefined;
  /**
   * What no edit of this session may change, pixel for pixel; found once, in each picture as it came. Boxes are of the picture
   * that is current when they are given; rules may be added to a stored session. Default: what the
   * stored session protects, and nothing in a new one. Where it cannot be looked for, edits fail rather than go unprotected.
   * @example protect: ['faces', 'text', { x: 10, y: 20, width: 300, height: 80 }]
   */
  readonly protect?: readonly ProtectInput[] | undefined;
}

/** Backends, a brain and stores, ready to work. */
export interface Studio {
  /** The capabilities as typed calls, without an agent. */
  readonly vision: Vision;
  /** A dialogue over pictures. Cheap: nothing is read before it is needed. */
  session(options?: SessionOptions): Session;
  /** The tools for the AI SDK's own loops (`streamText({ tools })`), bound to a session; default: one shared session of this studio. */
  tools(options?: {
    readonly session?: Session | undefined;
    /** Puts small copies (<= 768 px, <= 256 KiB) of the pictures that results show into them, for models that see; those behind chat completions take none. Default false. */
    readonly previews?: boolean | undefined;
  }): ToolSet;
  /** Gives the pictures in messages ids that the tools understand. Use the session that the tools are bound to. */
  prepareMessages(
    messages: readonly ModelMessage[],
    options?: { readonly session?: Session | undefined },
  ): Promise<ModelMessage[]>;
  /** The AI SDK agent over the shared session, for `agent.stream()` and UIs. Throws `brain-failed` without a brain. */
  readonly agent: ToolLoopAgent<never, ToolSet>;
  /**
   * The same backends and brain with other stores, for another tenant or under other limits. Backends are shared: `close()`
   * of either closes them.
   * @example const theirs = studio.with({ scope: 'tenant-7' })
   */
  with(place: StudioPlace): Studio;
  /** Frees workers and connections of the backends. */
  close(): Promise<void>;
}

/** Puts backends, a brain and stores together. */
export function atelier(options: AtelierOptions): Studio {
  const { backends, approve, scope = 'default' } = options;
  const brain = options.brain && adaptBrain(options.brain);
  const assets = options.assets ?? memoryAssetStore();
  const history = options.history ?? memoryHistoryStore();
  const library = new Library(assets, scope, options.cacheBytes);
  const policy: ReadPolicy = { roots: options.roots, urls: options.urls, ...options.limits };
  const vision = createVisionContext(backends);
  const session = ({ id = newSessionId(), image, images = [], protect }: SessionOptions = {}) =>
    new Session({
      id,
      brain,
      approve,
      vision,
      policy,
      open: () => SessionState.open(history, scope, id, library),
      images: image === undefined ? images : [image, ...images],
      protect,
    });
  let shared: Session | undefined;
  const sharedSession = () => {
    shared ??= session();
    return shared;
  };
  const tools = (target: Session, preview?: ShowPicture) =>
    renderForAiSdk((definition, input, { signal }) => target.callTool(definition, input, { signal }), { preview });
  let agent: Studio['agent'] | undefined;
  return {
    vision: createVision(vision, library, policy),
    session,
    tools: ({ session: target = sharedSession(), previews = false } = {}) =>
      tools(target, previews ? target.showPicture : undefined),
    prepareMessages: (messages, { session: target = sharedSession() } = {}) => prepareMessages(target, messages),
    get agent() {
      agent ??= createAgent(brain, sharedSession(), tools, approve);
      return agent;
    },
    with: (place) => atelier({ ...options, assets, history, ...place }),
    async close() {
      await Promise.all(backends.map((backend) => backend.close?.()));
    },
  };
}

/** Models behind chat completions take no pictures from tools: there they come with a user message. */
const adaptBrain = (brain: LanguageModelV4): LanguageModelV4 =>
  takesWordsFromToolsOnly(brain) ? withToolImagesInUserMessages(brain) : brain;

function createAgent(
  brain: LanguageModelV4 | undefined,
  session: Session,
  tools: (session: Session, preview?: ShowPicture) => ToolSet,
  approve: ApprovalMode = 'never',
): Studio['agent'] {
  if (!brain) {
    throw new AtelierError({ code: 'brain-failed', message: 'This studio has no brain.', hint: 'Give atelier() one.' });
  }
  const sees = seesPictures(brain);
  return new ToolLoopAgent<never, ToolSet>({
    model: brain,
    tools: tools(session, sees ? session.showPicture : undefined),
    // One after the other: two edits of one picture at once would lose one.
    toolCallConcurrency: 1,
    repairToolCall,
    // The user interface asks the person; the AI SDK goes on with the answer.
    toolApproval: async (call): Promise<ToolApprovalStatus> => {
      const verdict = await judge(call, approve, sees);
      if (verdict.type === 'allow') return 'not-applicable';
      return verdict.type === 'deny' ? { type: 'denied', reason: verdict.reason } : { type: 'user-approval' };
    },
    prepareCall: async (call) => {
      const { images, current } = await session.images();
      return { ...call, instructions: instructions(images, current) };
    },
    prepareStep: planFirst(sees),
  });
}
