import { describe, expect, it } from 'vitest';
import {
  box,
  type Call,
  conversation,
  cutOut,
  edited,
  found,
  json,
  mask,
  options,
  secondImage,
} from './__fixtures__/conversation.ts';
import { decide } from './decide.ts';

const said = (request: string, calls: readonly Call[]): string => {
  const decision = decide(options(conversation(request, calls)));
  return decision.kind === 'answer' ? decision.text : `called ${decision.tool}`;
};
const ok = { ok: true, reason: 'mean hue 214° (asked 220°)' };
const unsure = { ok: false, reason: 'a cup is still seen there (40 %)' };
const not = (reason: string) => ({ ok: false, reason });

describe('reports', () => {
  it.each<readonly [request: string, calls: readonly Call[], report: string]>([
    [
      'remove the cup',
      [found, cutOut, edited('remove_object', unsure)],
      'I removed the cup (cup, 45 %), but I could not confirm it: a cup is still seen there (40 %).',
    ],
    [
      'remove all cups',
      [found, cutOut, edited('remove_object', ok)],
      'I removed all cups (cup, 45 %) and looked again: they are gone.',
    ],
    [
      '컵을 지워줘',
      [found, cutOut, edited('remove_object', ok)],
      '컵을 지웠습니다 (컵, 45 %). 다시 확인해 보니 사라졌습니다.',
    ],
    [
      '의자를 지워줘',
      [found, cutOut, edited('remove_object', unsure)],
      '의자를 지웠습니다 (컵, 45 %). 하지만 제대로 되었는지 확인하지 못했습니다: 컵이 아직 보입니다(40 %).',
    ],
    [
      'replace the cup with a cat',
      [found, cutOut, edited('inpaint_image', ok)],
      'I replaced the cup (cup, 45 %) with a cat and looked again: it is there.',
    ],
    [
      '컵을 꽃병으로 바꿔줘',
      [found, cutOut, edited('inpaint_image', ok)],
      '컵을 꽃병으로 바꿨습니다 (컵, 45 %). 다시 확인해 보니 꽃병이 있습니다.',
    ],
    [
      '컵을 연필로 바꿔줘',
      [found, cutOut, edited('inpaint_image', ok)],
      '컵을 연필로 바꿨습니다 (컵, 45 %). 다시 확인해 보니 연필이 있습니다.',
    ],
    [
      'make the cup blue',
      [found, cutOut, edited('adjust_image', ok)],
      'I made the cup (cup, 45 %) blue and looked again: it is.',
    ],
    [
      'brighten the picture',
      [edited('adjust_image', ok)],
      'I made the whole picture brighter and looked again: it is.',
    ],
    [
      '배경을 흐리게 해줘',
      [found, cutOut, edited('adjust_image', ok)],
      '피사체를 뺀 나머지를 흐리게 했습니다 (컵, 45 %). 다시 확인해 보니 흐려졌습니다.',
    ],
    [
      'make all cups blue',
      [found, cutOut, edited('adjust_image', ok)],
      'I made all cups (cup, 45 %) blue and looked again: they are.',
    ],
    [
      'make the cup blue',
      [found, cutOut, edited('adjust_image', not('painted part: lightness 0.51, chroma 0.121, hue 268°'))],
      'I made the cup (cup, 45 %) blue, but I could not confirm it: painted part: lightness 0.51, chroma 0.121, hue 268°.',
    ],
    [
      'make the cup blue',
      [found, cutOut, edited('adjust_image', not('no pixel changed'))],
      'Nothing changed: no pixel of the cup (cup, 45 %) is different.',
    ],
    [
      '컵을 파랗게 해줘',
      [found, cutOut, edited('adjust_image', not('no pixel changed'))],
      '아무것도 바뀌지 않았습니다: 컵 (컵, 45 %)에서 바뀐 픽셀이 없습니다.',
    ],
    [
      '컵을 파랗게 해줘',
      [found, cutOut, edited('adjust_image', ok)],
      '컵을 파랗게 바꿨습니다 (컵, 45 %). 다시 확인해 보니 요청한 색이 되었습니다.',
    ],
    [
      '배경을 흰색으로 바꿔줘',
      [found, cutOut, edited('adjust_image', not('93.1 % of the region is rgb(255, 255, 255)'))],
      '피사체를 뺀 나머지를 흰색으로 바꿨습니다 (컵, 45 %). 하지만 제대로 되었는지 확인하지 못했습니다: 선택한 부분의 93.1 %가 rgb(255, 255, 255)입니다.',
    ],
    [
      'darken the picture',
      [edited('adjust_image', not('could not be checked: the thread ended'))],
      'I made the whole picture darker, but it could not be checked: the thread ended.',
    ],
    [
      '컵을 지워줘',
      [found, cutOut, edited('remove_object', not('could not be checked: the thread ended'))],
      '컵을 지웠습니다 (컵, 45 %). 하지만 확인할 수 없었습니다: 도구의 말은 “the thread ended”입니다.',
    ],
    [
      'hide the face',
      [found, cutOut, edited('adjust_image', ok)],
      'I pixelated the face (cup, 45 %) and looked again: it is pixelated.',
    ],
    [
      'how many cups are there?',
      [{ tool: 'ask_image', output: json({ answer: 'There are 2 cups.', backend: 'local' }) }],
      'There are 2 cups.',
    ],
    ['cut out the cup', [found, cutOut], 'I cut out the cup (cup, 45 %). It covers 900 pixels.'],
    ['컵 누끼 따줘', [found, cutOut], '컵을 오려냈습니다 (컵, 45 %). 900픽셀입니다.'],
    [
      'undo',
      [{ tool: 'undo_edit', output: json({ image: secondImage, undone: 'edit_1' }) }],
      'I undid the latest edit.',
    ],
    [
      'open a.png',
      [{ tool: 'load_image', output: json({ image: secondImage, width: 6, height: 4 }) }],
      'I opened a.png (6 x 4).',
    ],
    [
      'draw a cat',
      [{ tool: 'generate_image', output: json({ image: secondImage, width: 6, height: 4 }) }],
      'I made a new picture (6 x 4): a cat.',
    ],
  ])('%s', (request, calls, report) => {
    expect(said(request, calls)).toBe(report);
  });

  it('counts what was found, by kind', () => {
    const seen = (...things: readonly [string, number][]): Call => ({
      tool: 'detect_objects',
      output: json({ detections: things.map(([label, score]) => ({ label, score, box, phrase: label })) }),
    });
    expect(said('find the cups', [seen(['cup', 0.45], ['cup', 0.41])])).toBe('I found 2 cups (45 %, 41 %).');
    expect(said('find everything', [seen(['person', 0.9], ['person', 0.8], ['knife', 0.5])])).toBe(
      'I found 2 people (90 %, 80 %) and 1 knife (50 %).',
    );
    expect(said('find the cups', [seen()])).toBe('I found nothing that matches “the cups”.');
    expect(said('컵을 찾아줘', [seen(['cup', 0.45])])).toBe('컵 1개(45 %)를 찾았습니다.');
    expect(said('컵을 찾아줘', [seen()])).toBe('“컵”에 맞는 것을 찾지 못했습니다.');
  });

  it('names every thing that was cut out, and no score where nothing was recognised', () => {
    const things = [
      { label: 'cup', score: 0.47, box },
      { label: 'cup', score: 0.4, box },
    ];
    const cut = (of: readonly unknown[]): Call => ({
      tool: 'segment_object',
      output: json({ mask, box, area: 900, score: 0.97, things: of }),
    });
    expect(said('cut out both cups', [found, cut(things)])).toContain('(cup, 47 %, 40 %)');
    expect(said('cut out the cup', [found, cut([])])).not.toContain('%)');
  });

  it('admits pixels that changed outside', () => {
    const { output: _clean, ...call } = edited('remove_object', ok);
    const spilled = { image: secondImage, changedOutsideMask: 7, verified: ok };
    expect(said('remove the cup', [found, cutOut, { ...call, output: json(spilled) }])).toContain(
      '7 pixels outside the selection changed',
    );
  });
});
