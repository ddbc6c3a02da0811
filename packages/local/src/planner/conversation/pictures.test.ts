import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { type Call, conversation, json, mask, options, secondMask } from '../__fixtures__/conversation.ts';
import { type Decision, decide } from '../decide.ts';

const image = (digit: number): string => `img_${String(digit).repeat(32)}`;
const [cups, cupsEdited, cat, catEdited] = [1, 2, 3, 4].map(image);
const left = { x: 10, y: 20, width: 30, height: 40 };
const right = { x: 60, y: 20, width: 30, height: 40 };
const seen = (phrase: string, box = left) => ({ label: 'cup', score: 0.5, box, phrase });

const look = (on: string, phrase: string): Call => ({
  tool: 'detect_objects',
  input: { image: on, phrases: [phrase] },
  output: json({ detections: [seen(phrase), seen(phrase, right)] }),
});
const cut = (on: string, phrase: string): Call => ({
  tool: 'segment_object',
  input: { image: on, phrase },
  output: json({ mask, box: left, area: 900, score: 0.9, things: [seen(phrase)] }),
});
const edit = (tool: string, on: string, to: string, input: Call['input'] = {}): Call => ({
  tool,
  input: { image: on, mask, ...input },
  output: json({
    image: to,
    edit: 'edit_1',
    mask: secondMask,
    changedOutsideMask: 0,
    verified: { ok: true, reason: 'seen' },
  }),
});

/** What is decided after earlier turns (`past`), and the calls of this one, in a session that now shows `current`. */
const decided = (request: string, past: readonly Call[], current: string, calls: readonly Call[] = []): Decision => {
  const [, asked, ...made] = conversation(request, calls);
  const prompt: LanguageModelV4Prompt = [...conversation('earlier', past, `Images: ${current} 600x400 (current)`)];
  return decide(options([...prompt, asked, ...made]));
};

const red = edit('adjust_image', cups, cupsEdited, { operation: 'recolour', region: 'subject' });
const gone = edit('remove_object', cups, cupsEdited);

describe.each([
  { language: 'English', phrase: 'the cup', remove: 'remove the cup', it: 'make it blue' },
  { language: 'Korean', phrase: '컵', remove: '컵을 지워줘', it: '파란색으로 바꿔줘' },
])('a thing that was chosen, in $language', ({ phrase, remove, it: makeIt }) => {
  const chosen = [look(cups, phrase), cut(cups, phrase)];

  it('is the same one in the picture that its edit left', () => {
    const now = decided(remove, [...chosen, red], cupsEdited, [look(cupsEdited, phrase)]);
    expect(now).toMatchObject({ tool: 'segment_object', input: { image: cupsEdited, box: left } });
  });

  it.each([
    { what: 'another photograph', edits: [gone], current: cat },
    { what: 'the picture as it was', edits: [gone], current: cups },
    { what: 'another photograph, after a choice without an edit', edits: [], current: cat },
    {
      what: 'a cropped picture',
      edits: [edit('adjust_image', cups, cupsEdited, { operation: 'crop', region: 'subject' })],
      current: cupsEdited,
    },
  ])('is not its box in $what', ({ edits, current }) => {
    const now = decided(remove, [...chosen, ...edits], current, [look(current, phrase)]);
    expect(now).toMatchObject({ tool: 'segment_object', input: { image: current, phrase } });
    expect(now).not.toHaveProperty('input.box');
  });

  it('is not its box in a picture that is opened in the same turn', () => {
    const open: Call = { tool: 'load_image', input: { source: 'cat.png' }, output: json({ image: cat }) };
    const load = remove === 'remove the cup' ? `open cat.png and ${remove}` : `cat.png 열고 ${remove}`;
    const now = decided(load, [...chosen, red], cupsEdited, [open, look(cat, phrase)]);
    expect(now).toMatchObject({ tool: 'segment_object', input: { image: cat, phrase } });
  });

  it('is followed through the edits of a turn, but not through a crop', () => {
    const both = remove === 'remove the cup' ? `make the cup red and ${remove}` : `컵을 빨갛게 하고 ${remove}`;
    const redder = edit('adjust_image', cupsEdited, image(5), { operation: 'recolour', region: 'subject' });
    const now = decided(both, [...chosen, red], cupsEdited, [
      look(cupsEdited, phrase),
      { ...cut(cupsEdited, phrase), input: { image: cupsEdited, box: left } },
      redder,
      look(image(5), phrase),
    ]);
    expect(now).toMatchObject({ tool: 'segment_object', input: { image: image(5), box: left } });
  });

  it('is nobody’s "it" in another photograph', () => {
    expect(decided(makeIt, [...chosen, red], cupsEdited)).toMatchObject({ input: { phrases: [phrase] } });
    expect(decided(makeIt, [...chosen, red], cat)).toMatchObject({ reason: 'request-not-understood' });
    expect(decided(makeIt, [...chosen, red], cups)).toMatchObject({ input: { phrases: [phrase] } });
  });
});

describe('edits of several photographs', () => {
  const blur = edit('adjust_image', cat, catEdited, { operation: 'blur', region: 'subject' });
  const past = [look(cups, 'the cup'), cut(cups, 'the cup'), red, look(cat, 'the cat'), cut(cat, 'the cat'), blur];

  it.each([
    ['undo the blur', catEdited, { tool: 'undo_edit' }],
    ['블러 취소해줘', catEdited, { tool: 'undo_edit' }],
    ['undo the blur', cupsEdited, { reason: 'request-not-understood' }],
    ['블러 취소해줘', cupsEdited, { reason: 'request-not-understood' }],
  ])('%s in %s', (request, current, outcome) => {
    expect(decided(request, past, current)).toMatchObject(outcome);
  });

  it('what was opened does not know them, and the first one does again', () => {
    const open: Call = { tool: 'load_image', input: { source: 'dog.png' }, output: json({ image: image(6) }) };
    expect(decided('undo the blur', [...past, open], image(6))).toMatchObject({ reason: 'request-not-understood' });
    expect(decided('undo the blur', [...past, open], catEdited)).toMatchObject({ tool: 'undo_edit' });
  });
});
