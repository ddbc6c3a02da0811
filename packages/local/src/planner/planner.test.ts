import { toolSchemas } from '@atelier/sdk';
import { isStepCount, ToolLoopAgent, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { createPlanner } from './planner.ts';

describe('createPlanner', () => {
  it('removes the cup through a real agent loop', async () => {
    const calls: unknown[] = [];
    const image = `img_${'0'.repeat(32)}`;
    const edited = `img_${'1'.repeat(32)}`;
    const mask = `mask_${'2'.repeat(32)}`;
    const box = { x: 10, y: 20, width: 30, height: 40 };
    const record =
      <T>(name: string, output: T) =>
      (input: unknown): T => {
        calls.push([name, input]);
        return output;
      };
    const agent = new ToolLoopAgent({
      model: createPlanner(),
      instructions: `Images in this session: ${image} 600x400 (current)`,
      tools: {
        plan: tool({ inputSchema: toolSchemas.plan.input, execute: record('plan', { steps: [] }) }),
        detect_objects: tool({
          inputSchema: toolSchemas.detect_objects.input,
          execute: record('detect_objects', { detections: [{ label: 'cup', score: 0.45, box, phrase: 'the cup' }] }),
        }),
        segment_object: tool({
          inputSchema: toolSchemas.segment_object.input,
          execute: record('segment_object', { mask, box, area: 900, score: 0.97 }),
        }),
        remove_object: tool({
          inputSchema: toolSchemas.remove_object.input,
          execute: record('remove_object', {
            image: edited,
            edit: 'edit_1',
            mask,
            changedOutsideMask: 0,
            verified: { ok: true, reason: 'none left', by: 'test' },
          }),
        }),
      },
      stopWhen: isStepCount(10),
      prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
    });
    const result = await agent.generate({ prompt: 'Please remove the cup.' });
    expect(result.text).toBe('I removed the cup (cup, 45 %) and looked again: it is gone.');
    expect(calls).toEqual([
      [
        'plan',
        {
          steps: [
            { tool: 'detect_objects', target: 'the cup', message: 'Find the cup' },
            { tool: 'segment_object', target: 'the cup', message: 'Cut out the cup' },
            { tool: 'remove_object', target: 'the cup', message: 'Remove the cup' },
          ],
        },
      ],
      ['detect_objects', { image, phrases: ['the cup'] }],
      ['segment_object', { image, phrase: 'the cup' }],
      ['remove_object', { image, mask }],
    ]);
  });
});
