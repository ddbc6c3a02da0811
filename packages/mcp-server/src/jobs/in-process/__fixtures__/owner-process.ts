// A process that has a job wait for a person, says so, and stays until it is killed. Argument: the shared folder.
import { openBoard, openStudio, show } from './boards.ts';

const [folder = ''] = process.argv.slice(2);
const studio = openStudio(folder);
const { jobs } = openBoard(studio, { folder, timing: { beatMs: 100 } });
const image = await show(studio, 'theirs', 'two-cups.png');
const { id } = await jobs.start({ prompt: 'Make the cup black and white', image, session: 'theirs' });
const { state } = await jobs.follow(id);
process.stdout.write(`${JSON.stringify({ id, state })}\n`);
setInterval(() => {}, 1000);
