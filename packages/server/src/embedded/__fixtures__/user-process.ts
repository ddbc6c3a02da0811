import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface UserProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly url: string;
  readonly server: number;
  readonly owned: boolean;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `user.ts` as the leader of a process group of its own, as a shell does with a command. */
export async function startUser(folder: string): Promise<UserProcess> {
  const script = fileURLToPath(new URL('./user.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=atelier-source', script, folder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  for await (const line of createInterface(child.stdout)) {
    const { url, pid, owned }: { url: string; pid: number; owned: boolean } = JSON.parse(line);
    return { child, pid: child.pid ?? 0, url, server: pid, owned, ended };
  }
  throw new Error(`the user ended with ${await ended} before it had a server`);
}
