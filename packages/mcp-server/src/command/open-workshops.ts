import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import type { Workshops } from '../workshop/workshop.ts';
import { openBrainNamed } from './brain.ts';
import type { ServeChoice } from './choice.ts';
import { openStudio } from './open-studio.ts';

/** Where the tools work. Throws `UsageError` for a brain that cannot be opened; servers are not asked yet. */
export async function openWorkshops(choice: ServeChoice): Promise<Workshops> {
  const { work, data, approve } = choice;
  if (work.kind === 'api') {
    const { agentApiWorkshops } = await import('../workshop/agent-api/agent-api-workshops.ts');
    const principalKeys = choice.http?.auth.kind === 'api';
    return agentApiWorkshops({ url: work.url, key: work.key, principalKeys, approve });
  }
  // A misspelt name or a missing key is told now and not in the middle of a conversation.
  if (work.brain !== 'planner') await openBrainNamed(work.brain, choice.env);
  return inProcessWorkshops({ studio: () => openStudio(choice, work), folder: data, approve });
}
