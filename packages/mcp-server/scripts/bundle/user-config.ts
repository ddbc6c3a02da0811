/** What a host asks its person for, and how the server is told. Nothing is needed: everything has a default. */
export interface BundleSetting {
  readonly type: 'string' | 'boolean' | 'directory';
  readonly title: string;
  readonly description: string;
  readonly default: string | boolean | readonly string[];
  readonly multiple?: boolean;
  readonly sensitive?: boolean;
  /** The variable it becomes; undefined for what goes onto the command line. */
  readonly variable: string | undefined;
}

/** By name. The order is that of the host's form. */
export const bundleSettings: Readonly<Record<string, BundleSetting>> = {
  folders: {
    type: 'directory',
    title: 'Folders with pictures',
    description:
      'Pictures in these folders may be opened by their paths. None: pictures come in only through the conversation.',
    default: [],
    multiple: true,
    variable: undefined,
  },
  output: {
    type: 'directory',
    title: 'Folder for results',
    description:
      'Pictures may be saved here, never over an existing file unless you ask for it. Empty: nothing is saved.',
    default: '',
    variable: 'ATELIER_MCP_OUTPUT',
  },
  images: {
    type: 'boolean',
    title: 'Show pictures',
    description: 'Results carry small previews. Turn off where the conversation cannot show pictures.',
    default: true,
    variable: 'ATELIER_IMAGES',
  },
  triton_url: {
    type: 'string',
    title: 'Triton server',
    description:
      'Address of your NVIDIA Triton server, such as http://gpu-box:8000. Your pictures are sent there. Empty: everything runs on this computer.',
    default: '',
    variable: 'ATELIER_MCP_BACKEND',
  },
  triton_token: {
    type: 'string',
    title: 'Token of the Triton server',
    description: 'Bearer token, where the server asks for one.',
    default: '',
    sensitive: true,
    variable: 'ATELIER_TRITON_TOKEN',
  },
  brain: {
    type: 'string',
    title: 'Who plans whole requests',
    description:
      'planner is built in and offline. openai:MODEL, google:MODEL and compatible:MODEL get your requests and reduced pictures.',
    default: 'planner',
    variable: 'ATELIER_BRAIN',
  },
  openai_key: {
    type: 'string',
    title: 'OpenAI key',
    description: 'Used only where openai:MODEL plans.',
    default: '',
    sensitive: true,
    variable: 'OPENAI_API_KEY',
  },
  google_key: {
    type: 'string',
    title: 'Google key',
    description: 'Used only where google:MODEL plans.',
    default: '',
    sensitive: true,
    variable: 'GOOGLE_GENERATIVE_AI_API_KEY',
  },
  brain_url: {
    type: 'string',
    title: 'Address of a compatible model',
    description:
      'Used only where compatible:MODEL plans: a server that speaks the chat completions protocol, such as http://localhost:11434/v1.',
    default: '',
    variable: 'ATELIER_BRAIN_URL',
  },
  brain_key: {
    type: 'string',
    title: 'Key of the compatible model',
    description: 'Used only where compatible:MODEL plans and its server asks for a key.',
    default: '',
    sensitive: true,
    variable: 'ATELIER_BRAIN_KEY',
  },
  language: {
    type: 'string',
    title: 'Language',
    description: 'Of messages where the request does not tell: en or ko.',
    default: 'en',
    variable: 'ATELIER_MCP_LANG',
  },
};
