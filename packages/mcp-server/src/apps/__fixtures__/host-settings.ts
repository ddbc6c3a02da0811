/** What a test asks of the page that plays the host. */
export interface HostSettings {
  readonly locale?: string | undefined;
  readonly theme?: 'light' | 'dark' | undefined;
  /** Capabilities that this host lacks. */
  readonly without?: readonly ('serverTools' | 'serverResources' | 'updateModelContext')[] | undefined;
  /** Leaves out the tool's name and definition, as hosts may. */
  readonly hidesTool?: boolean | undefined;
  /** Calls another tool with the input, and shows its result. */
  readonly calls?: string | undefined;
  /** Forbids the page nothing, against the specification. */
  readonly isLax?: boolean | undefined;
  readonly hasFullscreen?: boolean | undefined;
}

/** What the viewer said to its host, in order. */
export interface Said {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the page puts into its window for tests. */
export interface PageHost {
  readonly said: Said[];
  /** Shows a tool's result in the viewer. */
  open(tool: string, input: Record<string, unknown>, settings?: HostSettings): Promise<void>;
  /** Changes what the host tells about itself. */
  change(context: Record<string, unknown>): void;
}

declare global {
  var testHost: PageHost;
}
