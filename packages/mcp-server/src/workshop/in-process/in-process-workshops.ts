import { join } from 'node:path';
import type { ApprovalMode, Studio } from '@atelier/sdk';
import { mostAtWorkOfAll } from '../../jobs/in-process/in-process-options.ts';
import { Slots } from '../../jobs/in-process/slots.ts';
import type { Principal, Workshops } from '../workshop.ts';
import { Gate } from './gate.ts';
import { InProcessWorkshop } from './in-process-workshop.ts';
import { WarmStudios } from './warm-studios.ts';

export interface InProcessOptions {
  /** Backends, brain and stores. Its scope is set by who calls. Opened when first needed, so that a host is answered at once. */
  readonly studio: () => Promise<Studio>;
  /** Shared by every process that serves the same pictures: the index, and jobs. Undefined: memory only. */
  readonly folder?: string | undefined;
  /** Which tool calls of `edit_image` and its kin wait for a person's yes. */
  readonly approve: Extract<ApprovalMode, string>;
}

/** Workshops that are kept at hand where nothing is at work in them; they are small. */
const mostKept = 64;

/** A picture of the largest size takes 400 MB while it is decoded. Calls mostly wait for models. */
const [intakeAtOnce, callsAtOnce, mostWaiting] = [2, 6, 256];

/** Workshops over a studio in this process. */
export function inProcessWorkshops({ studio, folder, approve }: InProcessOptions): Workshops {
  const workshops = new Map<string, InProcessWorkshop>();
  const studios = new WarmStudios({ open: studio });
  const intake = new Gate({ atOnce: intakeAtOnce, mostWaiting });
  const calls = new Gate({ atOnce: callsAtOnce, mostWaiting });
  const jobs = new Slots(mostAtWorkOfAll);
  const make = ({ scope, session }: Principal) =>
    new InProcessWorkshop({
      scope,
      session,
      approve,
      intake,
      calls,
      jobs,
      studio: () => studios.of(scope),
      folder: folder === undefined ? undefined : join(folder, 'mcp', scope),
    });
  return {
    of(principal) {
      const key = `${principal.scope} ${principal.session ?? ''}`;
      const workshop = workshops.get(key) ?? make(principal);
      workshops.delete(key);
      workshops.set(key, workshop);
      for (const [oldest, { isIdle }] of workshops) {
        if (workshops.size <= mostKept) break;
        if (isIdle && oldest !== key) workshops.delete(oldest);
      }
      return workshop;
    },
    async close() {
      await Promise.all([...workshops.values()].map((workshop) => workshop.close()));
      await studios.close();
    },
  };
}
