import { AtelierError } from '../../errors/atelier-error.ts';
import type { AdjustOperation } from './operation.ts';
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
