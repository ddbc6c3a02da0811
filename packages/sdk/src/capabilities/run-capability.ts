import { AtelierError } from '../errors/atelier-error.ts';
import { cancelled } from '../image/abort.ts';
import type { Capability, CapabilityName } from './capability.ts';
import { checkResponse, type RequestOf, type ResponseOf } from './check-response.ts';
import type { Routed } from './route.ts';
import { type CallOptions, callContext } from './vision-context.ts';

/**
 * The one place where a backend is called. Its response is checked, and every failure is an `AtelierError`:
 * `cancelled` once the signal fired, else the backend's own one, or `backend-failed` with the backend and model.
 */
export async function runCapability<Name extends CapabilityName>(
  name: Name,
  { backend, capability }: Routed<Name>,
  request: RequestOf<Name>,
  options: CallOptions,
): Promise<ResponseOf<Name>> {
  const { model } = capability;
  const response = await respond(name, { backend, capability }, request, options);
  return checkResponse(name, response, request, { backend, model });
}

async function respond<Name extends CapabilityName>(
  name: Name,
  { backend, capability }: Routed<Name>,
  request: RequestOf<Name>,
  options: CallOptions,
): Promise<ResponseOf<Name>> {
  try {
    options.signal?.throwIfAborted();
    // The union of run() signatures cannot be called with the matching request without this; both are keyed by Name.
    return await (capability as Capability<RequestOf<Name>, ResponseOf<Name>>).run(request, callContext(options));
  } catch (error) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    if (AtelierError.isInstance(error)) throw error;
    throw new AtelierError({
      code: 'backend-failed',
      message: `The backend ${backend} (${capability.model}) failed to ${name}: ${error instanceof Error ? error.message : String(error)}`,
      details: { capability: name, backend, model: capability.model },
      cause: error,
    });
  }
}
