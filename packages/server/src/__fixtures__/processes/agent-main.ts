// An agent in a process of its own, to be killed or put under load: runs until it is told to stop, or not even that.
import { atelier, fileAssetStore } from '@atelier/sdk';
import { pino } from 'pino';
import { createAgentApp } from '../../agent-app.ts';
import { serve } from '../../node/serve.ts';
import { slowBackend } from '../five-steps/backend.ts';
import { fiveStepBrain } from '../five-steps/brain.ts';
import type { AgentProcessOptions } from './agent-options.ts';

const options: AgentProcessOptions = JSON.parse(process.argv[2] ?? '');
const app = createAgentApp(
  atelier({ backends: [slowBackend({ time: options.stepTime, journal: options.journal })], brain: fiveStepBrain() }),
  {
    databaseUrl: options.databaseUrl,
    assets: fileAssetStore(options.assets),
    auth: { open: true },
    jobs: { takeoverSeconds: 1, maxAttempts: 1000, ...options.jobs },
    limits: options.limits,
    logger: pino({ level: process.env.LOG ?? 'silent' }, pino.destination(2)),
  },
);
const server = options.serves ? await serve(app, { port: 0 }) : undefined;
await app.ready();
process.stdout.write(`ready ${server?.url ?? '-'}\n`);
process.on('SIGTERM', () => void (server ?? app).close({ graceSeconds: 5 }).then(() => process.exit(0)));
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  process.stdout.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
// Whoever started it may be killed as well.
process.stdin.on('end', () => process.exit(1)).resume();
