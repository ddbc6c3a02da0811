/** One setting: an option of the command line and the variable that says the same. */
export interface OptionSpec {
  /** Without dashes; undefined for what is never written on a command line, which everybody on the machine can see. */
  readonly name?: string | undefined;
  /** Hosts set these. The option counts more. */
  readonly variable?: string | undefined;
  /** Name of the value in help (`DIR`); left out for a switch, whose variable is `on` or `off`. */
  readonly value?: string | undefined;
  /** Given any number of times; the variable holds a list with commas. */
  readonly multiple?: boolean | undefined;
  /** Paths: the list in the variable is separated as PATH is, since commas may stand in names of folders. */
  readonly isPath?: boolean | undefined;
  /** Never shown, not even where it is wrong. */
  readonly isSecret?: boolean | undefined;
  readonly help: string;
}

export interface OptionGroup {
  readonly title: string;
  readonly options: readonly OptionSpec[];
}

/** Every setting there is, as help shows them. The manual, `server.json` and the bundle are tested against this list. */
export const optionGroups = [
  {
    title: 'Pictures',
    options: [
      {
        name: 'root',
        variable: 'ATELIER_MCP_ROOTS',
        value: 'DIR',
        multiple: true,
        isPath: true,
        help: 'Folder whose pictures may be read by their absolute paths; repeatable, and the same as a bare DIR (default: none)',
      },
      {
        name: 'output',
        variable: 'ATELIER_MCP_OUTPUT',
        value: 'DIR',
        isPath: true,
        help: 'Folder that save_image writes into (default: that tool is not offered)',
      },
      {
        name: 'url-host',
        variable: 'ATELIER_MCP_URL_HOSTS',
        value: 'HOST',
        multiple: true,
        help: 'Server whose pictures may be fetched; *.example.org is all below it, * is any public one; repeatable (default: none)',
      },
      {
        name: 'images',
        variable: 'ATELIER_IMAGES',
        value: 'on|off',
        help: 'off: results carry no pictures, for hosts that cannot show them (default: on)',
      },
    ],
  },
  {
    title: 'Work',
    options: [
      {
        name: 'backend',
        variable: 'ATELIER_MCP_BACKEND',
        value: 'local|triton|URL',
        help: 'Who looks and paints: local, on this machine (default); triton, your server, and local what that cannot; URL is triton at that address',
      },
      {
        name: 'url',
        variable: 'ATELIER_TRITON_URL',
        value: 'URL',
        help: 'The Triton server of --backend triton: http://gpu-box:8000',
      },
      {
        name: 'grpc-url',
        variable: 'ATELIER_MCP_GRPC_URL',
        value: 'URL',
        help: 'Its gRPC address (default: the same host, the next port)',
      },
      { variable: 'ATELIER_TRITON_TOKEN', value: 'TOKEN', isSecret: true, help: 'Its bearer token' },
      {
        name: 'brain',
        variable: 'ATELIER_BRAIN',
        value: 'NAME',
        help: 'Who plans what edit_image does: planner, built in and offline (default), openai:MODEL, google:MODEL, compatible:MODEL',
      },
      { variable: 'OPENAI_API_KEY', value: 'KEY', isSecret: true, help: 'Key of openai:MODEL; used for nothing else' },
      {
        variable: 'GOOGLE_GENERATIVE_AI_API_KEY',
        value: 'KEY',
        isSecret: true,
        help: 'Key of google:MODEL; used for nothing else',
      },
      { variable: 'ATELIER_BRAIN_URL', value: 'URL', help: 'Server of compatible:MODEL: http://localhost:11434/v1' },
      { variable: 'ATELIER_BRAIN_KEY', value: 'KEY', isSecret: true, help: 'Its key, where it wants one' },
      {
        name: 'approve',
        variable: 'ATELIER_MCP_APPROVE',
        value: 'edits|never',
        help: 'edits: a person is asked before each edit, also inside edit_image (default: never)',
      },
      {
        name: 'session',
        variable: 'ATELIER_MCP_SESSION',
        value: 'NAME',
        help: 'Go on with, or begin, the session of this name (default: a new one for each start)',
      },
      {
        name: 'data',
        variable: 'ATELIER_DIR',
        value: 'DIR',
        isPath: true,
        help: 'Where pictures and sessions are kept (default: a folder of yours, by the custom of the system)',
      },
      {
        name: 'lang',
        variable: 'ATELIER_MCP_LANG',
        value: 'en|ko',
        help: 'Language of messages where the request does not tell (default: en)',
      },
    ],
  },
  {
    title: 'Behind an agent API',
    options: [
      {
        name: 'api',
        variable: 'ATELIER_MCP_API',
        value: 'URL',
        help: 'Work behind this agent API (atelier serve) instead: pictures, sessions and jobs are there',
      },
      { variable: 'ATELIER_API_KEY', value: 'KEY', isSecret: true, help: 'Key of the agent API' },
    ],
  },
  {
    title: 'Over HTTP',
    options: [
      { name: 'http', variable: 'ATELIER_MCP_HTTP', help: 'Streamable HTTP at /mcp instead of stdio' },
      {
        name: 'host',
        variable: 'ATELIER_MCP_HOST',
        value: 'ADDRESS',
        help: 'IP address to listen on (default: 127.0.0.1)',
      },
      { name: 'port', variable: 'ATELIER_MCP_PORT', value: 'N', help: 'Port; 0 is any free one (default: 3333)' },
      {
        name: 'public-url',
        variable: 'ATELIER_MCP_PUBLIC_URL',
        value: 'URL',
        help: 'How others reach it, for the URLs that it hands out: https://atelier.example.org',
      },
      {
        name: 'allowed-host',
        variable: 'ATELIER_MCP_ALLOWED_HOSTS',
        value: 'HOST',
        multiple: true,
        help: 'Name under which it is reached, as in the Host header; repeatable (default: those of this machine, and that of --public-url)',
      },
      {
        name: 'allowed-origin',
        variable: 'ATELIER_MCP_ALLOWED_ORIGINS',
        value: 'ORIGIN',
        multiple: true,
        help: 'Web page that may call it from a browser: https://studio.example.org; repeatable (default: pages of this machine)',
      },
      {
        name: 'legacy-sessions',
        variable: 'ATELIER_MCP_LEGACY_SESSIONS',
        help: 'Keep connections for hosts of 2025, which can be asked nothing over HTTP without one; for one process, not behind a balancer',
      },
      { name: 'open', variable: 'ATELIER_MCP_OPEN', help: 'Let everybody who reaches it in, without a key' },
      {
        variable: 'ATELIER_MCP_KEYS',
        value: 'NAME=SECRET,...',
        isSecret: true,
        help: 'Bearer keys; the name is the tenant, who sees no other one. NAME:look=SECRET may look and not edit',
      },
      { variable: 'ATELIER_MCP_JWT_ISSUER', value: 'URL', help: 'Take tokens (JWT) of this OAuth server' },
      { variable: 'ATELIER_MCP_JWT_JWKS_URL', value: 'URL', help: 'Where its public keys are' },
      {
        variable: 'ATELIER_MCP_JWT_AUDIENCE',
        value: 'URL',
        help: 'What tokens must be meant for (default: the URL of /mcp)',
      },
      {
        variable: 'ATELIER_MCP_JWT_TENANT_CLAIM',
        value: 'NAME',
        help: 'The claim that names the tenant (default: sub)',
      },
      {
        variable: 'ATELIER_MCP_AUTH',
        value: 'api',
        help: 'api: bearers are keys of the agent API of --api, and work is done in their name',
      },
      {
        variable: 'ATELIER_MCP_SECRET',
        value: 'TEXT',
        isSecret: true,
        help: 'Signs URLs and the states of questions: at least 32 characters, the same for all processes behind a balancer (default: made once, kept with the data)',
      },
    ],
  },
] as const satisfies readonly OptionGroup[];

type Spec = (typeof optionGroups)[number]['options'][number];
export type OptionName = Extract<Spec, { readonly name: string }>['name'];
export type VariableName = Spec['variable'];

export const allOptions: readonly OptionSpec[] = optionGroups.flatMap(({ options }): readonly OptionSpec[] => options);
