import { readdir, readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, dirname } from 'node:path';

/** A process that runs one instance of a python model. */
export interface TritonWorker {
  readonly pid: number;
  /** The model, by the name of its folder. */
  readonly model: string;
  /** How it ended, where it did. The server itself does not notice: the model stays READY and fails every request. */
  readonly end?: WorkerEnd;
}

/** How a process ended: by this signal, or with this exit code where it ended by itself. */
export interface WorkerEnd {
  readonly signal: string | null;
  readonly code: number | null;
}

/**
 * The workers of a server, found by its process group. One that is dead is kept by the kernel until the server asks for
 * it, which it does when the model is unloaded; its command line is gone, so it has to be seen alive first.
 */
export class WorkerList {
  readonly #server: number;
  #models = new Map<number, string>();
  /** Processes of others: each is looked at once, and not at every call. */
  #others = new Set<number>();

  constructor(server: number) {
    this.#server = server;
  }

  /** All that there are at this moment, alive or dead. */
  async read(): Promise<TritonWorker[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const here = new Set(pids);
    this.#others = new Set([...this.#others].filter((pid) => here.has(pid)));
    this.#models = new Map([...this.#models].filter(([pid]) => here.has(pid)));
    const found = await Promise.all(pids.filter((pid) => !this.#others.has(pid)).map((pid) => this.#look(pid)));
    return found.flatMap((worker) => worker ?? []).sort((a, b) => a.pid - b.pid);
  }

  async #look(pid: number): Promise<TritonWorker | undefined> {
    const stat = await statOf(pid);
    if (stat?.group !== this.#server) {
      this.#models.delete(pid);
      if (stat) this.#others.add(pid);
      return undefined;
    }
    // Read each time: a new process is the server's copy until it becomes a worker.
    const model = this.#models.get(pid) ?? (await modelOf(pid));
    if (model === undefined) return undefined;
    this.#models.set(pid, model);
    return { pid, model, ...(stat.isDead ? { end: endOf(stat.exitCode) } : {}) };
  }
}

interface Stat {
  readonly isDead: boolean;
  readonly group: number;
  /** As `waitpid` gives it. */
  readonly exitCode: number;
}

async function statOf(pid: number): Promise<Stat | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // Behind the name, which is in brackets and may hold anything: state, parent, group; the exit code is the last.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trimEnd()
    .split(' ');
  return { isDead: 'ZX'.includes(fields[0]), group: Number(fields[2]), exitCode: Number(fields.at(-1)) };
}

/** python_backend starts `triton_python_backend_stub REPOSITORY/MODEL/VERSION/model.py ...`. */
async function modelOf(pid: number): Promise<string | undefined> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program, file] = command.split('\0');
  return basename(program) === 'triton_python_backend_stub' && file ? basename(dirname(dirname(file))) : undefined;
}

function endOf(status: number): WorkerEnd {
  const number = status & 0x7f;
  if (number === 0) return { signal: null, code: status >> 8 };
  const [name] = Object.entries(constants.signals).find(([, value]) => value === number) ?? [];
  return { signal: name ?? `signal ${number}`, code: null };
}
