import { Console } from 'node:console';

// stdout belongs to the protocol: what libraries print goes where people read.
globalThis.console = new Console(process.stderr, process.stderr);
