import { loadFiles } from '../load-files.ts';
import type { LoadOptions, TransportCall } from '../transport.ts';
import { post } from './documents.ts';
import type { HttpCalls } from './http-calls.ts';
import { repositoryPath } from './paths.ts';

/** `POST /v2/repository/models/<model>/load`. */
export async function loadModel(
  calls: HttpCalls,
  model: string,
  options: LoadOptions,
  call: TransportCall,
): Promise<void> {
  const { config } = options;
  const files = loadFiles(model, options);
  const parameters = {
    ...(config === undefined ? {} : { config: JSON.stringify(config) }),
    ...Object.fromEntries(files.map(([path, bytes]) => [`file:${path}`, Buffer.from(bytes).toString('base64')])),
  };
  const context = calls.context(model);
  const request = post(repositoryPath(model, 'load'), { parameters }, call);
  calls.checkRequestSize(request.body instanceof Uint8Array ? request.body.byteLength : 0, context);
  await calls.success(request, call, context);
}

/** `POST /v2/repository/models/<model>/unload`. Triton answers before the model is gone. */
export async function unloadModel(
  calls: HttpCalls,
  model: string,
  options: { readonly dependents?: boolean },
  call: TransportCall,
): Promise<void> {
  const body = { parameters: { unload_dependents: options.dependents ?? false } };
  await calls.success(post(repositoryPath(model, 'unload'), body, call), call, calls.context(model));
}
