import type { AssetStore, Studio } from '@atelier/sdk';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Authenticator } from './auth/authenticator.ts';
import type { Signer } from './auth/signer.ts';
import type { Database } from './database/database.ts';
import type { JobService } from './jobs/job-service.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { AgentOptions, JobOptions, LimitOptions } from './options.ts';

type Resolved<Options> = { readonly [Name in keyof Options]-?: Exclude<Options[Name], undefined> };

/** The options with their defaults. */
export interface Settings extends Pick<AgentOptions, 'publicUrl' | 'imageUrls'> {
  readonly limits: Resolved<LimitOptions>;
  readonly jobs: Resolved<JobOptions>;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly logPrompts: boolean;
}

/** Everything that routes work with. */
export interface Services {
  readonly settings: Settings;
  readonly database: Database;
  readonly jobs: JobService;
  readonly auth: Authenticator;
  readonly signer: Signer;
  readonly limits: RateLimits;
  /** Pictures and masks; `put` notes them, so that unused ones can be cleaned up. */
  readonly assets: AssetStore;
  /** Backends and brain on this tenant's stores. Cheap: the last ones used are kept. */
  studioOf(tenant: string): Studio;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** What is missing before this process can serve: empty when it is ready. Sentences for operators. */
  missing(): Promise<readonly string[]>;
}
