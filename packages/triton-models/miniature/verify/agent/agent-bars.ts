import { type Bar, outside } from '../bars.ts';
import { type MeasureAgentOptions, measureAgent } from './measure-agent.ts';

export async function agentBars(options: MeasureAgentOptions): Promise<Bar[]> {
  const { tasks: count, completed, planAccuracy, changedOutsideMasks, otherWords } = await measureAgent(options);
  const bar = { model: 'agent', unit: 'share', count } as const;
  return [
    { ...bar, what: 'compound tasks completed, by drawing', value: completed, least: 0.75 },
    { ...bar, what: 'plans as expected', value: planAccuracy, least: 0.95 },
    {
      ...bar,
      what: "plans as expected, in other people's words",
      value: otherWords.planAccuracy,
      count: otherWords.tasks,
    },
    { ...bar, what: outside, unit: 'pixels', value: changedOutsideMasks, most: 0 },
  ];
}
