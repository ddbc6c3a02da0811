import { AtelierError } from '../../errors/atelier-error.ts';
import type { AdjustOperation, PixelOperation } from './operation.ts';
import { adjustOperations } from './operations/index.ts';

/** The operation of that name. Throws `invalid-input`, listing the names there are. */
export function findOperation(name: string): AdjustOperation {
  const operation = adjustOperations.find((candidate) => candidate.name === name);
  if (operation) return operation;
  const names = adjustOperations.map((candidate) => candidate.name);
  throw new AtelierError({
    code: 'invalid-input',
    message: `There is no adjustment called "${name}".`,
    hint: `Use one of: ${names.join(', ')}.`,
    details: { operations: names },
  });
}

/** The operation of that name where backends run it. Throws `invalid-input` for a name there is not, and for one that changes the frame. */
export function findPixelOperation(name: string): PixelOperation {
  const operation = findOperation(name);
  if (operation.kind === 'pixels') return operation;
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${name}" changes the frame of a picture: no backend runs it.`,
    hint: 'Ask for it through vision.adjust.',
  });
}

/** Checks parameters against the operation's schema and fills in its defaults. Throws `invalid-input`, naming each fault. */
export function parseParameters(operation: AdjustOperation, parameters: unknown): Readonly<Record<string, unknown>> {
  const parsed = operation.parameters.safeParse(parameters ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || operation.name}: ${issue.message}`);
  throw new AtelierError({
    code: 'invalid-input',
    message: `The parameters of "${operation.name}" do not fit. ${faults.join(' ')}`,
    hint: operation.description,
    details: { operation: operation.name, faults },
  });
}
