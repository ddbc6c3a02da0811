import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, imageIn } from './answer.ts';
import { type HttpHost, httpHost, jsonHeaders, type RpcOptions, readRpc } from './http-host.ts';
import { twoSquares } from './two-squares.ts';

export const keys = { lee: 'lee-0123456789abcdef', ann: 'ann-0123456789abcdef', looker: 'looker-0123456789abcdef' };
export const secret = 'a secret that signs what travels through clients';
/** Two tenants, and somebody of the first who may only look. */
export const lee: RpcOptions = { key: keys.lee };
export const ann: RpcOptions = { key: keys.ann };
export const looker: RpcOptions = { key: keys.looker };
/** Input of `adjust_image`, beside the picture. */
export const darker = {
  operation: 'brighten',
  parameters: { amount: -0.3 },
  box: { x: 40, y: 50, width: 80, height: 80 },
};

/** A server of two tenants where every edit waits for a yes, and what lee has there. */
export interface TwoTenants {
  readonly host: HttpHost;
  readonly image: string;
  readonly mask: string;
  /** What `save_image` writes into. */
  readonly output: string;
  /** It waits for lee's yes, in `session`, which has `image`. */
  readonly job: string;
  /** What it asks. */
  readonly question: string;
  readonly session: string;
  /** A picture in a session that no job is at work in. */
  readonly free: string;
  /** What lee's host has been handed, for others to steal: for `darker` of `free`, and the file of `image`. */
  readonly stolen: { readonly state: string; readonly approval: string; readonly file: string };
  end(): Promise<void>;
  /** A call by a host that cannot ask anybody. */
  withoutPerson(name: string, input: object, key: string): Promise<Answer>;
}

export async function twoTenants(): Promise<TwoTenants> {
  const env = {
    ATELIER_MCP_KEYS: `lee=${keys.lee},ann=${keys.ann},lee:look=${keys.looker}`,
    ATELIER_MCP_SECRET: secret,
  };
  const output = await mkdtemp(join(tmpdir(), 'tenants-output-'));
  const host = await httpHost({ parameters: ['--approve', 'edits', '--output', output], env });
  const withoutPerson: TwoTenants['withoutPerson'] = async (name, input, key) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } });
    return readRpc(await host.raw('/mcp', { headers: { ...jsonHeaders, authorization: `Bearer ${key}` }, body }));
  };
  const loaded = await host.call('load_image', { source: (await twoSquares()).url }, lee);
  const image = imageIn(loaded);
  const cutOut = await host.call('segment_object', { image, phrase: 'the red square', choice: 1 }, lee);
  const begun = await host.call('start_edit', { image, prompt: 'make the picture brighter' }, lee);
  const [job, session] = [String(begun.output.job), String(begun.output.session)];
  const asking = await host.call('job_status', { job, wait_seconds: 10 }, lee);
  const question = String(asking.output.question);
  const free = imageIn(await host.call('load_image', { source: (await twoSquares(20)).url }, lee));
  const stolen = {
    state: String((await host.call('adjust_image', { image: free, ...darker }, lee)).result.requestState),
    approval: String((await withoutPerson('adjust_image', { image: free, ...darker }, keys.lee)).output.approval),
    file: /http:\/\/[^"\\]+\/files\/[^"\\]+/.exec(loaded.whole)?.[0] ?? '',
  };
  const end = async (): Promise<void> => {
    await host.end();
    await rm(output, { recursive: true, force: true });
  };
  return {
    host,
    output,
    end,
    image,
    mask: String(cutOut.output.mask),
    job,
    question,
    session,
    free,
    stolen,
    withoutPerson,
  };
}
