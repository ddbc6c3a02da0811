import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { type Acting, Actions } from './actions.ts';
import { Host } from './host/host.ts';
import { tellSize } from './host/tell-size.ts';
import { linkHighlights } from './parts/boxes.ts';
import { element, icon } from './parts/element.ts';
import { icons } from './parts/icons.ts';
import { page } from './parts/page.ts';
import { StatusBar } from './parts/status-bar.ts';
import { pictureOf, type RawResult, readResult } from './result/read-result.ts';
import { languageOf, type Words, wordsOf } from './text/strings.ts';
import { makeView } from './views/make-view.ts';
import { type KnownCall, knownCall, Sources } from './views/sources.ts';
import type { View } from './views/view.ts';

/** The page: what the host tells is shown. */
export class Viewer implements Acting {
  readonly host: Host;
  readonly status = new StatusBar();
  call: KnownCall | undefined;
  readonly #root: HTMLElement;
  readonly #content = element('div', { class: 'page' });
  readonly #sources: Sources;
  readonly #actions = new Actions(this);
  #context: Partial<McpUiHostContext> = {};
  #input: RawResult = {};
  #result: RawResult | undefined;
  #view: View | undefined;
  #isBusy = false;
  /** Counts what is shown, so that a slow picture never overtakes a newer result. */
  #turn = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.replaceChildren(this.#content, this.status.element);
    linkHighlights(this.#content);
    document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
      if (!this.#isBusy && !ctrlKey && !metaKey && !altKey) this.#view?.onKey?.(key);
    });
    this.host = new Host({
      onInput: (input) => {
        this.#input = input;
      },
      onResult: (result) => void this.show(result, this.#input),
      onCancelled: () => this.status.say(this.words.cancelled),
      onContext: (context) => this.#setContext(context),
    });
    this.#sources = new Sources(this.host);
  }

  async start(): Promise<void> {
    this.#content.replaceChildren(element('div', { class: 'stage skeleton' }));
    this.status.work(this.words.loading);
    tellSize(this.host, this.#root);
    this.#setContext(await this.host.connect());
  }

  get words(): Words {
    return wordsOf(languageOf(this.#locale));
  }

  /** The host's; else that of the server, which stands in the page as it comes. */
  get #locale(): string {
    return this.#context.locale ?? document.documentElement.lang;
  }

  /** Shows a tool's result. */
  async show(result: RawResult, input: RawResult): Promise<void> {
    const turn = ++this.#turn;
    const known = knownCall(result, input, this.call?.tool ?? this.#context.toolInfo?.tool.name);
    // What an earlier result told about the picture holds for the answer to its question.
    const call = { ...known, image: known.image ?? this.call?.image, size: known.size ?? this.call?.size };
    [this.#result, this.#input, this.call] = [result, input, call];
    const shown = readResult(result);
    if (shown.kind === 'working') return this.#actions.follow(shown.job, shown.message);
    const knowsHow =
      call.tool !== undefined || (shown.kind !== 'choice' && shown.kind !== 'approval') || shown.job !== undefined;
    const view = await makeView(shown, {
      words: this.words,
      locale: this.#locale,
      sources: this.#sources,
      call,
      picture: pictureOf(result),
      canAct: this.host.canCallTools && knowsHow,
      actions: this.#actions,
    });
    // Something newer came while pictures were read.
    if (turn !== this.#turn) return;
    this.#view = view;
    this.#content.replaceChildren(...page(view, ...this.#tools()));
    this.status.say('');
  }

  setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#content.inert = isBusy;
    this.#root.classList.toggle('busy', isBusy);
  }

  focusTitle(): void {
    this.#content.querySelector('h1')?.focus({ preventScroll: true });
  }

  /** Theme, language and how it is shown. */
  #setContext(changed: Partial<McpUiHostContext>): void {
    const before = this.#locale;
    this.#context = { ...this.#context, ...changed };
    const { theme, styles, displayMode } = this.#context;
    const html = document.documentElement;
    if (theme) html.style.colorScheme = theme;
    for (const [name, value] of Object.entries(styles?.variables ?? {})) if (value) html.style.setProperty(name, value);
    const isNewLanguage = languageOf(before) !== languageOf(this.#locale);
    html.lang = languageOf(this.#locale);
    html.classList.toggle('fullscreen', displayMode === 'fullscreen');
    if (!this.#result) this.status.work(this.words.loading);
    else if ((isNewLanguage || changed.displayMode) && !this.#isBusy) void this.show(this.#result, this.#input);
  }

  #tools(): readonly HTMLElement[] {
    const { displayMode, availableDisplayModes } = this.#context;
    if (!availableDisplayModes?.includes('fullscreen')) return [];
    const isWhole = displayMode === 'fullscreen';
    const name = isWhole ? this.words.small : this.words.whole;
    const onclick = (): void => void this.host.showAs(isWhole ? 'inline' : 'fullscreen');
    const attributes = { type: 'button', class: 'button plain', title: name, 'aria-label': name, onclick };
    return [element('button', attributes, icon(isWhole ? icons.shrink : icons.grow))];
  }
}
