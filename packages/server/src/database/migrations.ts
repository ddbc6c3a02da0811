/** One step of the schema: applied once, in order, inside one transaction with the note that it was. Never edited once released. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The tables, in the schema `atelier`. DBOS keeps its own in the schema `dbos`. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-first',
    sql: `
      CREATE TABLE atelier.settings (
        name text PRIMARY KEY,
        value text NOT NULL
      );

      CREATE TABLE atelier.api_keys (
        id text PRIMARY KEY,
        tenant text NOT NULL,
        name text NOT NULL,
        hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz
      );

      CREATE TABLE atelier.jobs (
        id text PRIMARY KEY,
        tenant text NOT NULL,
        session text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
        request jsonb NOT NULL,
        idempotency_key text,
        request_hash text NOT NULL,
        retry_of text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        released_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        deadline_at timestamptz NOT NULL,
        worker text,
        attempts int NOT NULL DEFAULT 0,
        cancel_requested boolean NOT NULL DEFAULT false,
        last_seq int NOT NULL DEFAULT 0,
        progress real NOT NULL DEFAULT 0,
        message text NOT NULL DEFAULT '',
        question jsonb,
        final jsonb,
        UNIQUE (tenant, idempotency_key)
      );
      CREATE INDEX jobs_of_tenant ON atelier.jobs (tenant, created_at DESC, id DESC);
      CREATE INDEX jobs_of_tenant_by_state ON atelier.jobs (tenant, state, created_at DESC, id DESC);
      CREATE INDEX jobs_of_session ON atelier.jobs (tenant, session, created_at);
      CREATE INDEX jobs_queued ON atelier.jobs (created_at) WHERE state = 'queued' AND released_at IS NULL;
      CREATE INDEX jobs_active ON atelier.jobs (tenant, session) WHERE state IN ('queued', 'running', 'waiting');
      CREATE INDEX jobs_finished ON atelier.jobs (finished_at) WHERE finished_at IS NOT NULL;

      CREATE TABLE atelier.events (
        job text NOT NULL REFERENCES atelier.jobs (id) ON DELETE CASCADE,
        seq int NOT NULL,
        event jsonb NOT NULL,
        PRIMARY KEY (job, seq)
      );

      CREATE TABLE atelier.questions (
        job text NOT NULL REFERENCES atelier.jobs (id) ON DELETE CASCADE,
        id text NOT NULL,
        expires_at timestamptz NOT NULL,
        answer jsonb,
        answered_at timestamptz,
        PRIMARY KEY (job, id)
      );

      CREATE TABLE atelier.sessions (
        tenant text NOT NULL,
        id text NOT NULL,
        revision int NOT NULL,
        record jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX sessions_updated ON atelier.sessions (updated_at);

      CREATE TABLE atelier.assets (
        tenant text NOT NULL,
        id text NOT NULL,
        media_type text NOT NULL,
        bytes bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        used_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX assets_used ON atelier.assets (used_at);

      CREATE TABLE atelier.workers (
        id text PRIMARY KEY,
        slots int NOT NULL,
        version text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now()
      );
    `,
  },
  {
    // Which session a picture or an edit was seen in last, and which pictures there are: tool calls and lists ask for both.
    name: '0002-sightings',
    sql: `
      CREATE TABLE atelier.session_items (
        tenant text NOT NULL,
        session text NOT NULL,
        item text NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant, session, item),
        FOREIGN KEY (tenant, session) REFERENCES atelier.sessions (tenant, id) ON DELETE CASCADE
      );
      INSERT INTO atelier.session_items (tenant, session, item, seen_at)
        SELECT tenant, sessions.id, named->>'id', updated_at
        FROM atelier.sessions, LATERAL jsonb_array_elements((record->'images') || (record->'edits')) AS named
        ON CONFLICT DO NOTHING;
      CREATE INDEX session_items_latest ON atelier.session_items (tenant, item, seen_at DESC);

      CREATE TABLE atelier.pictures (
        tenant text NOT NULL,
        id text NOT NULL,
        width int NOT NULL,
        height int NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant, id)
      );
      INSERT INTO atelier.pictures (tenant, id, width, height, seen_at)
        SELECT tenant, image->>'id', (image->>'width')::int, (image->>'height')::int, max(updated_at)
        FROM atelier.sessions, LATERAL jsonb_array_elements(record->'images') AS image
        GROUP BY 1, 2, 3, 4
        ON CONFLICT DO NOTHING;
      CREATE INDEX pictures_latest ON atelier.pictures (tenant, seen_at DESC, id DESC);
      CREATE INDEX pictures_by_prefix ON atelier.pictures (tenant, id text_pattern_ops);

      CREATE INDEX sessions_latest ON atelier.sessions (tenant, updated_at DESC, id DESC);
    `,
  },
];
