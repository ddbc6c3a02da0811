import { AtelierError } from '../errors/atelier-error.ts';
import type { Backend, Capability, CapabilityMap, CapabilityName, Unable } from './capability.ts';
import type { RequestOf } from './check-response.ts';

export interface Routed<Name extends CapabilityName> {
  readonly backend: string;
  readonly capability: CapabilityMap[Name];
}

/** Which backends of Atelier can do a thing at all, for hints. */
const couldDo: Readonly<Record<CapabilityName, readonly string[]>> = {
  ask: ['triton() with the vqa model (LLaVA-OneVision)', 'hosted() with a model that sees'],
  detect: ['local() for 80 everyday things and faces', 'triton() with owlv2 for any words'],
  segment: ['local()', 'triton() with sam'],
  remove: ['local()', 'triton() with sd3'],
  inpaint: ['triton() with sd3 (Stable Diffusion 3 Medium)', 'hosted() with an image model that takes masks'],
  generate: ['triton() with sd3 (Stable Diffusion 3 Medium)', 'hosted() with an image model'],
  adjust: ['local()'],
};

/** The backends that could do it, in words. @param refused names of those that were asked and cannot; empty where no other could. */
export const backendsFor = (name: CapabilityName, refused: readonly string[] = []): string =>
  couldDo[name].filter((backend) => !refused.some((other) => backend.startsWith(`${other}()`))).join(', or ');

/**
 * The first backend, in the order given, that says it can. Decided before the call, so a backend that fails later is an
 * error and never a silent fall to a weaker one. Throws `capability-unavailable` or `phrase-unknown` with every reason.
 */
export function route<Name extends CapabilityName>(
  backends: readonly Backend[],
  name: Name,
  request: RequestOf<Name>,
): Routed<Name> {
  const refusals: { backend: string; refusal: Unable }[] = [];
  for (const backend of backends) {
    const capability = backend.capabilities[name];
    if (!capability) continue;
    // The union of able() signatures cannot be called with the matching request without this; both are keyed by Name.
    const able = (capability as Capability<RequestOf<Name>, unknown>).able(request);
    if (able === true) return { backend: backend.name, capability: capability as CapabilityMap[Name] };
    refusals.push({ backend: backend.name, refusal: able });
  }
  throw unavailable(name, backends, refusals);
}

function unavailable(
  name: CapabilityName,
  backends: readonly Backend[],
  refusals: readonly { backend: string; refusal: Unable }[],
): AtelierError {
  const others = backendsFor(
    name,
    refusals.map(({ backend }) => backend),
  );
  const unknown = refusals.find(({ refusal }) => refusal.code === 'phrase-unknown');
  if (unknown) {
    return new AtelierError({
      code: 'phrase-unknown',
      message: unknown.refusal.hint,
      hint: `Use one of the words it knows${others && `, or add ${others}`}.`,
      details: { capability: name, backend: unknown.backend, ...unknown.refusal.details },
    });
  }
  const used = backends.map((backend) => backend.name).join(', ') || 'none';
  const reasons = refusals.map(({ backend, refusal }) => `${backend}: ${refusal.hint}`);
  return new AtelierError({
    code: 'capability-unavailable',
    message: [`No configured backend can ${name} (configured: ${used}).`, ...reasons].join(' '),
    ...(others === '' ? {} : { hint: `These could: ${others}.` }),
    details: { capability: name, backends: backends.map((backend) => backend.name) },
  });
}
