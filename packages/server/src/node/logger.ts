import { type Logger, pino } from 'pino';

/** Structured logs on standard error, one JSON object a line. @param level `fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent` */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
