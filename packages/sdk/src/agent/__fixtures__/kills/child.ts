import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import type { HistoryStore } from '../../../history/history-store.ts';
import type { SessionRecord } from '../../../history/session-record.ts';
import { attempts, type HistoryCommand, openSession, perform, smallPicture } from '../history-commands.ts';
import { seededNumbers } from './numbers.ts';
import { storesIn } from './stores.ts';

function nextCommand(random: (limit: number) => number): HistoryCommand {
  const kind = random(10);
  if (kind < 7) return { kind: 'edit', attempt: random(attempts.length) };
  if (kind < 9) return { kind: 'undo', back: random(3), later: kind === 7 ? 'keep' : 'drop' };
  return { kind: 'goTo', node: random(40) };
}

/**
 * Goes on with a session for as long as it may live. On standard output it says what it has been told is saved: revision,
 * head and current picture.
 */
async function main(folder: string, id: string, seed: number): Promise<void> {
  const random = seededNumbers(seed);
  const { assets, history } = storesIn(folder);
  let acknowledged: SessionRecord | undefined;
  const telling: HistoryStore = {
    load: (scope, session) => history.load(scope, session),
    async save(scope, record) {
      await history.save(scope, record);
      acknowledged = record;
      writeSync(1, `${record.revision} ${record.head} ${record.current}\n`);
    },
  };
  const session = openSession(id, { assets, history: telling }, await smallPicture());
  await session.image();
  writeSync(1, 'ready\n');
  while (acknowledged === undefined || acknowledged.edits.length < 200) await perform(session, nextCommand(random));
}

const [folder, id, seed] = argv.slice(2);
// Without arguments it is only loaded, which fills the compile cache.
if (folder !== undefined) await main(folder, id, Number(seed));
