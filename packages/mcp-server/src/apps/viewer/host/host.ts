import type { McpUiHostCapabilities, McpUiHostContext, McpUiInitializeRequest } from '@modelcontextprotocol/ext-apps';
import { isRecord, listOf } from '../result/guards.ts';
import { dataUrl, type RawResult } from '../result/read-result.ts';
import { Connection } from './connection.ts';

/** The revision of MCP Apps that is spoken. */
const protocolVersion = '2026-01-26';
const readTimeoutMs = 30_000;

export interface HostEvents {
  onInput(input: RawResult): void;
  onResult(result: RawResult): void;
  onCancelled(): void;
  onContext(context: Partial<McpUiHostContext>): void;
}

/** The program that shows this page, and the server behind it. */
export class Host {
  readonly #connection: Connection;
  #capabilities: McpUiHostCapabilities = {};

  constructor(events: HostEvents) {
    this.#connection = new Connection({
      'ui/notifications/tool-input': ({ arguments: input }) => events.onInput(isRecord(input) ? input : {}),
      'ui/notifications/tool-result': (result) => events.onResult(result),
      'ui/notifications/tool-cancelled': () => events.onCancelled(),
      'ui/notifications/host-context-changed': (context) => events.onContext(context),
      'ui/resource-teardown': () => {},
    });
  }

  /** Introduces the page; what the host says about itself. */
  async connect(): Promise<McpUiHostContext> {
    const introduction: McpUiInitializeRequest['params'] = {
      appInfo: { name: 'atelier-viewer', version: '1.0.0' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
      protocolVersion,
    };
    const answer = await this.#connection.request('ui/initialize', { ...introduction });
    this.#capabilities = isRecord(answer.hostCapabilities) ? answer.hostCapabilities : {};
    this.#connection.notify('ui/notifications/initialized');
    return isRecord(answer.hostContext) ? answer.hostContext : {};
  }

  /** Whether tools can be called from here. */
  get canCallTools(): boolean {
    return this.#capabilities.serverTools !== undefined;
  }

  callTool(name: string, input: RawResult, signal?: AbortSignal): Promise<RawResult> {
    return this.#connection.request('tools/call', { name, arguments: input }, { signal });
  }

  /** A picture of the server as a data URL; undefined where the host or the server does not give it. */
  async readPicture(uri: string): Promise<string | undefined> {
    const content = await this.#read(uri);
    return content && dataUrl(content.blob, content.mimeType);
  }

  /** A document of the server; undefined where the host or the server does not give it. */
  async readJson(uri: string): Promise<unknown> {
    const content = await this.#read(uri);
    try {
      return typeof content?.text === 'string' ? JSON.parse(content.text) : undefined;
    } catch {
      return undefined;
    }
  }

  async #read(uri: string): Promise<RawResult | undefined> {
    if (this.#capabilities.serverResources === undefined) return undefined;
    try {
      const { contents } = await this.#connection.request('resources/read', { uri }, { timeoutMs: readTimeoutMs });
      return listOf(contents, (content) => (isRecord(content) ? content : undefined))[0];
    } catch {
      // A host that promises resources and refuses this one: the page shows what it has.
      return undefined;
    }
  }

  /** Tells the model what the person did here. False where the host takes no such thing. */
  async tellModel(text: string): Promise<boolean> {
    if (this.#capabilities.updateModelContext === undefined) return false;
    try {
      await this.#connection.request('ui/update-model-context', { content: [{ type: 'text', text }] });
      return true;
    } catch {
      return false;
    }
  }

  async showAs(mode: 'inline' | 'fullscreen'): Promise<void> {
    await this.#connection.request('ui/request-display-mode', { mode }).catch(() => undefined);
  }

  tellSize(width: number, height: number): void {
    this.#connection.notify('ui/notifications/size-changed', { width, height });
  }
}
