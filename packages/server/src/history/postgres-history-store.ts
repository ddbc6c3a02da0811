import { AtelierError, type HistoryStore, type SessionRecord } from '@atelier/sdk';
import type { Database } from '../database/database.ts';
import { storableJson } from '../database/storable-json.ts';
import { assetIdsIn } from './asset-ids.ts';

/** How long a statement is tried again while Postgres is away, in milliseconds. */
const patience = 30_000;

/**
 * Keeps sessions in `atelier.sessions`, one row each. Safe from any number of processes. Saving and loading are use: the
 * session and every picture and mask that it names are marked as used, at most once an hour each, so that a clean-up never
 * takes what a session in use needs. Saving also notes which pictures and edits the session knows (`atelier.session_items`,
 * `atelier.pictures`).
 */
export function postgresHistoryStore(database: Database): HistoryStore {
  return {
    async load(scope, id) {
      // Postgres has no NUL in text, so nothing was ever saved under such a name.
      if (`${scope}${id}`.includes('\0')) return undefined;
      const [row] = await database.query<LoadedRow>(select, [scope, id], { patience });
      if (!row) return undefined;
      if (!row.stale) return readable(row.record);
      const [used] = await database.query<LoadedRow>(markUsed, [scope, id], { patience });
      // Between the two statements it may have been saved, which marks it too, or cleaned up.
      const [latest] = used ? [used] : await database.query<LoadedRow>(select, [scope, id], { patience });
      return latest && readable(latest.record);
    },
    async save(scope, record) {
      const text = storableJson(record);
      const statement = record.revision === 1 ? insert : update;
      const values = [scope, record.id, record.revision, text, assetIdsIn(text), ...sightings(record)];
      let mayHaveArrived = false;
      const saved = await database.query(statement, values).catch((error: unknown) => {
        if (!isAway(error)) throw error;
        mayHaveArrived = true;
        return database.query(statement, values, { patience });
      });
      if (saved.length > 0) return;
      const [stored] = await database.query<ComparedRow>(compare, [scope, record.id, text], { patience });
      // The first attempt was stored and its answer lost with the connection: what is in the way is this very save.
      if (mayHaveArrived && stored?.same) return;
      throw conflict(record, (stored?.revision ?? 0) + 1);
    },
  };
}

interface LoadedRow {
  /** Written by `save` alone. */
  readonly record: SessionRecord;
  readonly stale: boolean;
}

interface ComparedRow {
  readonly revision: number;
  readonly same: boolean;
}

const select = `
  SELECT record, updated_at < now() - interval '1 hour' AS stale FROM atelier.sessions WHERE tenant = $1 AND id = $2`;

/** Locks in one order: saves that share pictures wait for each other and never for each other in a circle. */
const touch = (ids: string): string => `
  UPDATE atelier.assets SET used_at = now() WHERE tenant = $1 AND id IN (
    SELECT id FROM atelier.assets
    WHERE tenant = $1 AND id = ANY(${ids}) AND used_at < now() - interval '1 hour'
    ORDER BY id FOR UPDATE)`;

const markUsed = `
  WITH used AS (
    UPDATE atelier.sessions SET updated_at = now()
    WHERE tenant = $1 AND id = $2 AND updated_at < now() - interval '1 hour'
    RETURNING record, false AS stale
  ), touched AS (${touch(`ARRAY(
      SELECT (regexp_matches(record::text, '(?:img|mask)_[0-9a-f]{32}', 'g'))[1] FROM used)`)}
  )
  SELECT record, stale FROM used`;

/** What the record shows, as the parameters from `$6` on: pictures, edits, and which of them are shown now. */
function sightings({ images, edits, current, head }: SessionRecord): unknown[] {
  const pictures = [images.map(({ id }) => id), images.map(({ width }) => width), images.map(({ height }) => height)];
  return [...pictures, edits.map(({ id }) => id), [current, head].filter((id) => id !== null)];
}

/**
 * Beside `saved`: notes in which session pictures and edits were seen last, and lists the pictures. In one order, like all that
 * locks rows here. What is not shown now keeps the time at which it was.
 */
const noted = `
  pictured AS (
    INSERT INTO atelier.pictures (tenant, id, width, height)
    SELECT $1, id, width, height FROM unnest($6::text[], $7::int[], $8::int[]) AS picture (id, width, height)
    WHERE EXISTS (SELECT FROM saved) ORDER BY id
    ON CONFLICT DO NOTHING
  ), seen AS (
    INSERT INTO atelier.session_items AS known (tenant, session, item)
    SELECT DISTINCT $1, $2, item FROM unnest($6::text[] || $9::text[]) AS item WHERE EXISTS (SELECT FROM saved)
    ON CONFLICT (tenant, session, item) DO UPDATE SET seen_at = now() WHERE known.item = ANY($10::text[])
  ), touched AS (${touch('$5::text[]')})`;

const insert = `
  WITH saved AS (
    INSERT INTO atelier.sessions (tenant, id, revision, record) VALUES ($1, $2, $3, $4::jsonb)
    ON CONFLICT DO NOTHING RETURNING revision
  ), ${noted}
  SELECT revision FROM saved`;

const update = `
  WITH saved AS (
    UPDATE atelier.sessions SET revision = $3, record = $4::jsonb, updated_at = now()
    WHERE tenant = $1 AND id = $2 AND revision = $3 - 1 RETURNING revision
  ), ${noted}
  SELECT revision FROM saved`;

const compare = `
  SELECT revision, record = $3::jsonb AS same FROM atelier.sessions WHERE tenant = $1 AND id = $2`;

const isAway = (error: unknown): boolean => AtelierError.isInstance(error) && error.code === 'server-unavailable';

function readable(record: SessionRecord): SessionRecord {
  // The type says 1 and a newer release may have written 2.
  const format: number = record.format;
  if (format === 1) return record;
  throw new AtelierError({
    code: 'invalid-input',
    message: `Session ${record.id} was stored in format ${format}, which this release cannot read.`,
    hint: 'A newer release has written it. Update this one.',
  });
}

const conflict = (next: SessionRecord, expected: number): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `Session ${next.id} was changed by somebody else meanwhile (revision ${next.revision}, expected ${expected}).`,
    hint: 'Load the session again and repeat the request.',
    isRetryable: true,
  });
