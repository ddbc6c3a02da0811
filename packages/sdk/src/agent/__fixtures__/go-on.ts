import { argv } from 'node:process';
import { callAny, openSession } from './history-commands.ts';
import { storesIn } from './kills/stores.ts';

// Another process: undoes an edit of a stored session, branches, and edits on in the branch.
const [folder, id, edit] = argv.slice(2);
const session = openSession(id, storesIn(folder));
const { image, replayed } = await session.undo(edit);
const branch = await session.branch({ id: 'two' });
await callAny(branch, 'remove_object', { image: image.id, phrase: 'the blue square' });
const branched = (await branch.image())?.id;
console.log(JSON.stringify({ image: image.id, replayed: replayed.map((node) => node.id), branched }));
