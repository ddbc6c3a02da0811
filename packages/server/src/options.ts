import type { AssetStore } from '@atelier/sdk';
import type { Logger } from 'pino';

export interface JwtOptions {
  /** Where the keys that sign tokens are: a JWKS URL. @example 'https://id.example.org/.well-known/jwks.json' */
  readonly jwksUrl: string;
  /** Who must have issued the token (`iss`). */
  readonly issuer: string;
  /** Whom it must be meant for (`aud`). */
  readonly audience: string;
  /** The claim that names the tenant. Default `sub`. */
  readonly tenantClaim?: string | undefined;
}

export interface AuthOptions {
  /** Also accept tokens of an identity provider. Default: API keys alone. */
  readonly jwt?: JwtOptions | undefined;
  /**
   * Let everybody in as tenant `default` until the first API key is made, unless there is `jwt`; never for what a proxy hands on. Only for servers that nobody else can reach:
   * `atelier serve` sets it on loopback alone. Default false.
   */
  readonly open?: boolean | undefined;
}

export interface LimitOptions {
  /** Largest picture that is sent, in bytes. Default 10 MiB. */
  readonly maxImageBytes?: number | undefined;
  /** Largest picture in pixels. Default 50,000,000. */
  readonly maxImagePixels?: number | undefined;
  /** Requests of one caller in a minute; those that start work count as five. Default 600. */
  readonly requestsPerMinute?: number | undefined;
  /** Seconds in which the body of a request must have come. Default 30. */
  readonly bodySeconds?: number | undefined;
  /** Direct calls of capabilities (`/vision/...`) at once in this process; further ones wait, up to four times as many. Default 4. */
  readonly visionAtOnce?: number | undefined;
}

export interface JobOptions {
  /** Whether this process works on jobs. Default true; false: it accepts and shows them, others do the work. */
  readonly worker?: boolean | undefined;
  /** Jobs at work at once in this process. Default 4. */
  readonly perWorker?: number | undefined;
  /** Jobs at work at once over all workers. Default 64. */
  readonly atOnce?: number | undefined;
  /** Jobs of one tenant at work at once. Default 16. */
  readonly perTenant?: number | undefined;
  /** Jobs of one tenant that may wait; further ones are refused with `rate-limited`. Default 1000. */
  readonly queuedPerTenant?: number | undefined;
  /** Jobs of one tenant that may wait for a person's answer; while there are as many, none of its others begins. Default 64. */
  readonly waitingPerTenant?: number | undefined;
  /** Seconds one step (a tool, a call of the brain) may take before it is tried again. Default 300. */
  readonly stepSeconds?: number | undefined;
  /** Seconds from acceptance to the deadline, where the request names none. Default 3600. */
  readonly deadlineSeconds?: number | undefined;
  /** Seconds a person has to answer a question. Default 900. */
  readonly answerSeconds?: number | undefined;
  /** How often a job is begun or taken over before it fails with `worker-lost`: what kills every process must not go on for ever. Default 10. */
  readonly maxAttempts?: number | undefined;
  /** Days that ended jobs, unused sessions and unused pictures are kept. Default 30. */
  readonly retentionDays?: number | undefined;
  /** Seconds without a sign of life after which a worker's jobs are taken over. Default 10. */
  readonly takeoverSeconds?: number | undefined;
}

export interface AgentOptions {
  /** Postgres: `postgres://user:password@host:5432/database`. */
  readonly databaseUrl: string;
  /** Where pictures and masks are kept. Default: files in `.atelier/assets`. @example s3AssetStore({ bucket: 'pictures' }) from @atelier/server/s3 */
  readonly assets?: AssetStore | undefined;
  readonly auth?: AuthOptions | undefined;
  /** What image URLs and tickets are signed with, the same in every process. Default: a random one, kept in the database. */
  readonly secret?: string | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly jobs?: JobOptions | undefined;
  /** How browsers reach this server, for the URLs it hands out. Default: the origin of each request. @example 'https://atelier.example.org' */
  readonly publicUrl?: string | undefined;
  /** Names under which this server is reached, beside loopback and `publicUrl`'s: others are refused (DNS rebinding). `*`: any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of web pages that may call (CORS, WebSocket). Default: this server's own. @example ['https://studio.example.org'] */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Which picture URLs in requests may be fetched. Private addresses are refused in any case. Default: none. */
  readonly imageUrls?: ((url: URL) => boolean) | undefined;
  /** Structured logs. Default: none. Pictures and secrets are never logged. */
  readonly logger?: Logger | undefined;
  /** Also log prompts and answers. Default false. */
  readonly logPrompts?: boolean | undefined;
}
