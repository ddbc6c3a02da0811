// The entry of every worker thread. It stands beside index.js once built.
import { serveTasks } from './serve-tasks.ts';
import { tasks } from './tasks.ts';

serveTasks(tasks);
