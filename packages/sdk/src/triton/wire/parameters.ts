import type { ParameterValue } from './tensor.ts';
import { WireError } from './wire-error.ts';

/** One parameter as JSON. Doubles above 2^53 are written with an exponent, so that no server takes them for integers. */
export function parameterJson(value: ParameterValue): string {
  if (typeof value === 'bigint') return value.toString();
  const isLarge = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return isLarge ? value.toExponential() : JSON.stringify(value);
}

/** `{"name":value,...}` of what is defined; empty where nothing is. */
export function parametersJson(entries: Iterable<readonly [string, ParameterValue | undefined]>): string {
  const members: string[] = [];
  for (const [name, value] of entries) {
    if (value !== undefined) members.push(`${JSON.stringify(name)}:${parameterJson(value)}`);
  }
  return members.length === 0 ? '' : `{${members.join(',')}}`;
}

/** The parameters of a message from outside. Throws `WireError`. */
export function readParameters(value: unknown, what: string): Record<string, ParameterValue> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new WireError(`${what}: its parameters are no JSON object.`);
  const entries = Object.entries(value).map(([name, parameter]): [string, ParameterValue] => {
    if (isParameterValue(parameter)) return [name, parameter];
    throw new WireError(`${what}: the parameter ${quote(name)} is no text, number or boolean.`);
  });
  // Own properties whatever the names are, `__proto__` too.
  return Object.fromEntries(entries);
}

const isParameterValue = (value: unknown): value is ParameterValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name from outside in an error's message: short, and on one line. */
export const quote = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
