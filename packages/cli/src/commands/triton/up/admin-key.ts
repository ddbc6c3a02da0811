import { randomBytes } from 'node:crypto';

/** What lets this command alone load models into the server that it starts. */
export interface AdminKey {
  /** Of tritonserver. */
  readonly args: readonly string[];
  /** Of the clients that may do what is restricted. The key is never told to anybody else. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What can run code, read memory or write files: a model is loaded together with files that the caller sends, its Python
 * among them, and a web page can send that to a loopback address without being asked by the browser. The list of models
 * is in the same category. Health, metadata, inference, configurations and statistics stay open.
 */
const restricted = 'model-repository,shared-memory,trace,logging';
const header = 'atelier-admin-key';

/**
 * A new key of 256 bits for each server. Triton takes it by argument alone (2.51 reads neither a file nor the environment
 * for it), so users of the same machine who may see others' processes can read it in the process list; who only reaches
 * the port cannot.
 */
export function createAdminKey(): AdminKey {
  const key = randomBytes(32).toString('hex');
  return {
    args: [
      `--http-restricted-api=${restricted}:${header}=${key}`,
      `--grpc-restricted-protocol=${restricted}:${header}=${key}`,
    ],
    // Over gRPC Triton looks for it under a name of its own.
    headers: { [header]: key, [`triton-grpc-protocol-${header}`]: key },
  };
}
