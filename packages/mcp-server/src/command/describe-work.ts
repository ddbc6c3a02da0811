import { brainPlace } from './brain.ts';
import type { ServeChoice } from './choice.ts';

/** One sentence on who works, and where pictures go: nobody's pictures leave the machine unsaid. */
export function describeWork({ work, env }: Pick<ServeChoice, 'work' | 'env'>): string {
  if (work.kind === 'api') return `works behind the agent API ${work.url}: pictures and requests are sent there`;
  const { backends, server, brain } = work;
  const place = brainPlace(brain, env);
  const sent = [
    ...(server ? [`pictures are sent to ${server.addresses.join(' and ')}`] : []),
    ...(place === undefined ? [] : [`requests and reduced pictures are sent to ${place}`]),
  ];
  const who = `backend ${backends.join(', ')}; brain ${brain === 'planner' ? 'planner (built in)' : brain}`;
  return `${who}; ${sent.length === 0 ? 'nothing leaves this machine' : sent.join('; ')}`;
}
