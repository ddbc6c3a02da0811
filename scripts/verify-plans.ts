/**
 * How well the built-in planner plans: every case of packages/local/plans is played through a whole session over a painted
 * scene, and the tools that ran are compared with the orders that count as right.
 *
 *   npm run verify:plans                    seen and unseen cases, in figures
 *   npm run verify:plans -- --failures      and what went wrong; of unseen cases only their ids, so that nobody tunes to them
 *   npm run verify:plans -- --seen          only the cases that the planner was written with
 *   npm run verify:plans -- --file PATH     the cases of another file, failures in full
 *   npm run verify:plans -- --json          the figures as JSON
 *
 * Fails where fewer cases of the suite are right than the bars ask for.
 */
import { parseArgs } from 'node:util';
import { AtelierError } from '@atelier/sdk';
import { caseKinds, readCases } from '../packages/local/plans/case.ts';
import { evaluate, type Figures, figuresOf, ofLanguage } from '../packages/local/plans/evaluate.ts';
import { type CaseScore, describeCall, isRight, isStrict } from '../packages/local/plans/score.ts';
import { planner } from '../packages/local/src/index.ts';

const { values } = parseArgs({
  options: {
    failures: { type: 'boolean', default: false },
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
    seen: { type: 'boolean', default: false },
  },
});

interface Suite {
  readonly name: string;
  readonly path: string | URL;
  /** Whether requests may be shown: nobody should tune the planner to the unseen ones. */
  readonly open: boolean;
}

const folder = new URL('../packages/local/plans/', import.meta.url);
const suites: readonly Suite[] = values.file
  ? [{ name: values.file, path: values.file, open: true }]
  : [
      { name: 'seen', path: new URL('seen.json', folder), open: true },
      ...(values.seen ? [] : [{ name: 'unseen', path: new URL('unseen.json', folder), open: false }]),
    ];

const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;
const row = (name: string, { cases, plan, strict }: Figures): string =>
  `  ${name.padEnd(12)} ${String(cases).padStart(4)} cases   plan ${percent(plan)}   strict ${percent(strict)}`;

function groups(scores: readonly CaseScore[]): Readonly<Record<string, Figures>> {
  const kinds = caseKinds.map((kind) => [kind, scores.filter(({ planCase }) => planCase.kind === kind)] as const);
  return Object.fromEntries([
    ['English', figuresOf(ofLanguage(scores, 'en'))],
    ['Korean', figuresOf(ofLanguage(scores, 'ko'))],
    ...kinds.filter(([, some]) => some.length > 0).map(([kind, some]) => [kind, figuresOf(some)]),
  ]);
}

function describeFailure(score: CaseScore): string {
  const { planCase, turns, right, strict } = score;
  const scene = planCase.scene.map(({ label, colour }) => `${colour} ${label}`).join(', ');
  const lines = planCase.turns.flatMap(({ say, choice, orders }, turn) => {
    const verdict = right[turn] ? (strict[turn] ? 'right' : 'right tools, wrong thing') : 'WRONG';
    const { calls, answer, asked } = turns[turn];
    return [
      `    ${verdict}: ${say}${choice === undefined ? '' : `   (choice ${choice})`}`,
      `      ran      ${calls.map(describeCall).join(' > ') || 'nothing'}`,
      ...asked.map((question) => `      asked    ${question}`),
      `      answer   ${answer.replaceAll('\n', ' ')}`,
      ...(right[turn] && strict[turn]
        ? []
        : shortest(orders).map((order) => `      accepted ${order.join(' > ') || 'nothing'}`)),
    ];
  });
  return [`  ${planCase.id} (${planCase.kind}; ${scene})`, ...lines].join('\n');
}

/** Orders may be many; the shortest ones say what is wanted. */
function shortest(orders: readonly (readonly string[])[]): (readonly string[])[] {
  const sorted = [...orders].sort((a, b) => a.length - b.length);
  return sorted.length <= 6 ? sorted : [...sorted.slice(0, 6), [`... ${sorted.length - 6} more`]];
}

/** The least share of cases planned right, by language. */
const bars = { en: 0.95, ko: 0.9 } as const;

const missedBars = (scores: readonly CaseScore[]): string[] =>
  (['en', 'ko'] as const).flatMap((language) => {
    const { plan } = figuresOf(ofLanguage(scores, language));
    return plan >= bars[language] ? [] : [`  MISSED: ${language}${percent(plan)}, wanted ${percent(bars[language])}`];
  });

async function verify(): Promise<void> {
  const report: Record<string, unknown> = {};
  for (const { name, path, open } of suites) {
    const scores = await evaluate(await readCases(path), planner);
    const wrong = scores.filter((score) => !isRight(score) || !isStrict(score));
    report[name] = { figures: groups(scores), failed: wrong.map(({ planCase: { id, kind } }) => ({ id, kind })) };
    const missed = values.file ? [] : missedBars(scores);
    if (missed.length > 0) process.exitCode = 1;
    if (values.json) continue;
    console.log(name);
    for (const [group, figures] of Object.entries(groups(scores))) console.log(row(group, figures));
    for (const line of missed) console.log(line);
    if (!(values.failures || values.file) || wrong.length === 0) continue;
    if (open) console.log(`\n${wrong.map(describeFailure).join('\n\n')}\n`);
    else console.log(`  failed: ${wrong.map(({ planCase: { id, kind } }) => `${id} (${kind})`).join(', ')}`);
  }
  if (values.json) console.log(JSON.stringify(report, null, 2));
}

try {
  await verify();
} catch (error) {
  if (!AtelierError.isInstance(error)) throw error;
  console.error(`${error.message}\n${error.hint ?? ''}`);
  process.exitCode = 1;
}
