import { leadingVerb } from '../grammar/english-verbs.ts';

/** Verbs that double their last letter. */
const doubling = /(?:cut|put|swap|dim|get|rub|set|drop|crop|spot|blur|outfit)$/;

/** "Make the table darker" as what was tried: "Making the table darker"; in quotes where it begins with no verb. */
export function tried(task: string): string {
  const verb = leadingVerb(task)?.split(' ')[0];
  if (verb === undefined || /^(?:slightly|gently|strongly)$/i.test(verb))
    return /^\w+ing\b/.test(task) ? task : `“${task}”`;
  return asGerund(verb) + task.slice(verb.length);
}

function asGerund(verb: string): string {
  if (doubling.test(verb.toLowerCase())) return `${verb}${verb.at(-1)}ing`;
  return /[^eoy]e$/i.test(verb) ? `${verb.slice(0, -1)}ing` : `${verb}ing`;
}
