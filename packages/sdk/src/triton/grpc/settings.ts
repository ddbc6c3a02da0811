import { z } from 'zod';
import type { LogSettings, TraceSettings } from '../server-documents.ts';

/** The one trace setting that is a list also where it has one element. */
const listSetting = 'trace_level';

export const traceReplySchema = z.object({
  settings: z.record(z.string(), z.object({ value: z.array(z.string()) })),
});

/** Every value is a list here; an empty one resets the setting. */
export function traceChangeOf(change: TraceSettings): Record<string, { value: readonly string[] }> {
  const listOf = (value: string | readonly string[] | null) => {
    if (value === null) return [];
    return typeof value === 'string' ? [value] : value;
  };
  return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, { value: listOf(value) }]));
}

/** As over HTTP: single values are text. */
export function traceSettingsOf({ settings }: z.infer<typeof traceReplySchema>): TraceSettings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, { value }]) => {
      const [only = ''] = value;
      return [name, name === listSetting || value.length > 1 ? value : only];
    }),
  );
}

const logValue = z.object({
  bool_param: z.boolean().optional(),
  uint32_param: z.number().optional(),
  string_param: z.string().optional(),
});
export const logReplySchema = z.object({ settings: z.record(z.string(), logValue) });

export function logChangeOf(change: LogSettings): Record<string, Record<string, string | number | boolean>> {
  const field = { boolean: 'bool_param', number: 'uint32_param', string: 'string_param' } as const;
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => {
      // The three types of a setting's value are the three keys.
      const type = typeof value as keyof typeof field;
      return [name, { [field[type]]: value }];
    }),
  );
}

export function logSettingsOf({ settings }: z.infer<typeof logReplySchema>): LogSettings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      value.bool_param ?? value.uint32_param ?? value.string_param ?? '',
    ]),
  );
}
