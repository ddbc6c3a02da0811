import { expect, it } from 'vitest';
import * as client from './client/index.ts';
import * as root from './index.ts';
import * as node from './node/index.ts';
import * as s3 from './s3/index.ts';

it('exports these values and no others', () => {
  const values = Object.entries({ root, client, node, s3 }).map(([entry, module]) => [
    entry,
    Object.keys(module).toSorted(),
  ]);
  expect(Object.fromEntries(values)).toEqual({
    root: ['createAgentApp', 'createApiKey', 'listApiKeys', 'openDatabase', 'postgresHistoryStore', 'revokeApiKey'],
    client: ['AgentError', 'createAgentClient', 'isFinalEvent'],
    node: ['claimPort', 'createLogger', 'hasEmbeddedPostgres', 'serve', 'startEmbeddedPostgres'],
    s3: ['s3AssetStore'],
  });
});
