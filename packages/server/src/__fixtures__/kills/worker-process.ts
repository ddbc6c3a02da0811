// A worker of its own, to be killed: works on jobs of five steps until it is told to stop, or not even that.
import { atelier, fileAssetStore } from '@atelier/sdk';
import { pino } from 'pino';
import { createAgentApp } from '../../agent-app.ts';
import { slowBackend } from '../five-steps/backend.ts';
import { fiveStepBrain } from '../five-steps/brain.ts';
import type { WorkerOptions } from './worker-options.ts';

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '');
const app = createAgentApp(
  atelier({ backends: [slowBackend({ time: options.stepTime, journal: options.journal })], brain: fiveStepBrain() }),
  {
    databaseUrl: options.databaseUrl,
    assets: fileAssetStore(options.assets),
    jobs: { takeoverSeconds: 1, maxAttempts: 1000, ...options.jobs },
    logger: pino({ level: process.env.LOG ?? 'silent' }, pino.destination(2)),
  },
);
await app.ready();
process.stdout.write('ready\n');
process.on('SIGTERM', () => void app.close({ graceSeconds: 5 }).then(() => process.exit(0)));
// Whoever started it may be killed as well.
process.stdin.on('end', () => process.exit(1)).resume();
