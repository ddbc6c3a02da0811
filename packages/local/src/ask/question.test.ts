import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestions } from './question.ts';

/** "kind colour:thing@which thing =colour", one string a question. */
const read = (text: string): string | undefined =>
  parseQuestions(text)
    ?.map(({ kind, things, colour }) =>
      [
        kind,
        ...things.map(({ phrase, colour, which }) =>
          [colour && `${colour}:`, phrase, which && `@${[which.before, which.after].filter(Boolean).join('_')}`].join(
            '',
          ),
        ),
        ...(colour ? [`=${colour}`] : []),
      ].join(' '),
    )
    .join(' | ');

describe('parseQuestions', () => {
  it.each([
    ['how many cups are there?', 'count cups'],
    ['How many cups?', 'count cups'],
    ['how many cups can you see in this picture?', 'count cups'],
    ['Please count the cups', 'count cups'],
    ['What is the number of people in the photo?', 'count people'],
    ['how many red cups are there?', 'count red:cups'],
    ['how many cups and spoons are there?', 'count cups spoons'],
    ['is there a dog?', 'presence dog'],
    ['Are there any cats?', 'presence cats'],
    ['Do you see a person?', 'presence person'],
    ['Can you see the spoon in the picture?', 'presence spoon'],
    ['Does the picture show a cup?', 'presence cup'],
    ['Is there a cup in this picture? Answer yes or no.', 'presence cup'],
    ['Is there a red cup in this picture?', 'presence red:cup'],
    ['Is there a cup or a bottle?', 'presence cup bottle'],
    ['is this a cat?', 'presence cat'],
    ['is there anyone?', 'presence anyone'],
    ['what colour is the cup?', 'colour cup'],
    ['What color are the cups?', 'colour cups'],
    ['what is the color of the table', 'colour table'],
    ["What's the cup's colour?", 'colour cup'],
    ['Can you tell me what colour the cup is?', 'colour cup'],
    ['what colour is the orange?', 'colour orange'],
    ['is the cup red?', 'colour-check cup =red'],
    ['Are the cups white?', 'colour-check cups =white'],
    ['where is the cup?', 'position cup'],
    ["Where's the woman's face?", "position woman's face"],
    ['in which corner is the cup?', 'position cup'],
    ['Could you please tell me where the cup is?', 'position cup'],
    ['how big is the cup?', 'size cup'],
    ['what size is the dog', 'size dog'],
    ['How much of the picture does the cup cover?', 'size cup'],
    ['what is in this picture?', 'scene'],
    ["What's in the picture?", 'scene'],
    ['describe the picture', 'scene'],
    ['What do you see?', 'scene'],
    ['What does this picture show?', 'scene'],
    ['List all objects in the image.', 'scene'],
    ['How many cups are there and what colour are they?', 'count cups | colour cups'],
    ['Is there a dog? Where is it?', 'presence dog | position dog'],
    ['Is there a cup? And what colour is it?', 'presence cup | colour cup'],
    ['컵이 몇 개야? 그리고 어디에 있어?', 'count 컵 | position 컵'],
    ['컵이 몇 개야?', 'count 컵'],
    ['컵 몇 개 있어?', 'count 컵'],
    ['사람은 몇 명이에요?', 'count 사람'],
    ['이 사진에 고양이가 몇 마리 있나요?', 'count 고양이'],
    ['몇 명의 사람이 있나요?', 'count 사람'],
    ['컵 개수 알려줘', 'count 컵'],
    ['고양이 있어?', 'presence 고양이'],
    ['사진에 강아지가 보이나요?', 'presence 강아지'],
    ['빨간 컵이 있어?', 'presence red:컵'],
    ['컵과 숟가락이 있어?', 'presence 컵 숟가락'],
    ['컵은 무슨 색이야?', 'colour 컵'],
    ['컵의 색깔은 뭐야?', 'colour 컵'],
    ['무슨 색 컵이야?', 'colour 컵'],
    ['컵은 빨간색이야?', 'colour-check 컵 =red'],
    ['컵이 빨개?', 'colour-check 컵 =red'],
    ['컵은 어디에 있어?', 'position 컵'],
    ['컵의 위치를 알려줘', 'position 컵'],
    ['컵은 얼마나 커?', 'size 컵'],
    ['컵 크기가 어떻게 돼?', 'size 컵'],
    ['사진에 뭐가 있어?', 'scene'],
    ['이 사진에 무엇이 보이나요?', 'scene'],
    ['사진을 설명해줘', 'scene'],
    ['컵이 몇 개 있고 무슨 색이야?', 'count 컵 | colour 컵'],
    ['is there a saucer?', 'presence saucer'],
    ['접시가 있어?', 'presence 접시'],
    ['what colour is the cup on the left?', 'colour cup@on the left'],
    ['is the biggest cup red?', 'colour-check cup@biggest =red'],
    ['where is the smaller cup?', 'position cup@smaller'],
    ['how big is the second cup from the right?', 'size cup@second_from the right'],
    ['where is the leftmost red cup?', 'position red:cup@leftmost'],
    ['where is the red cup on the left?', 'position red:cup@on the left'],
    ['where are the cups on the left?', 'position cup@on the left'],
    ['what colour is the left cup and the right cup?', 'colour cup@left cup@right'],
    ['where is the left cup and the spoon?', 'position cup@left spoon'],
    ['how many cups and spoons are on the left?', 'count cups@on the left spoon@on the left'],
    ['How many cups are there? What colour is the one on the right?', 'count cups | colour cups@on the right'],
    ['where is the cup to the left of the dog?', 'position cup@to the left of the dog'],
    ['what colour is the orange on the left?', 'colour orange@on the left'],
    ['what colour are the two cups?', 'colour cup'],
    ['where is the left saucer?', 'position saucer@left'],
    ['왼쪽 컵은 무슨 색이야?', 'colour 컵@왼쪽'],
    ['왼쪽의 컵은 무슨 색이야?', 'colour 컵@왼쪽의'],
    ['가장 큰 컵은 빨간색이야?', 'colour-check 컵@가장 큰 =red'],
    ['왼쪽에 있는 빨간 컵은 어디에 있어?', 'position red:컵@왼쪽에 있는'],
    ['왼쪽 컵과 오른쪽 컵은 어디에 있어?', 'position 컵@왼쪽 컵@오른쪽'],
    ['왼쪽에 컵과 숟가락이 있어?', 'presence 컵@왼쪽에 숟가락@왼쪽에'],
    ['컵이 몇 개 있고 왼쪽 것은 무슨 색이야?', 'count 컵 | colour 컵@왼쪽'],
    ['컵 두 개는 무슨 색이야?', 'colour 컵'],
  ])('%s', (question, expected) => {
    expect(read(question)).toBe(expected);
  });

  it.each([
    'what is happening?',
    'who is she?',
    'why is the cup red?',
    'what is the woman holding?',
    'is the man happy?',
    'how old is the man?',
    'are there more cups than spoons?',
    'Is there anything dangerous?',
    'what colour is it?',
    'How many cups are there and why?',
    'are there two cups?',
    'is there a big cup?',
    'is there a cup next to the dog?',
    'how many small cups are there?',
    '컵이 두 개 있어?',
    '큰 컵 있어?',
    '이 사람은 누구야?',
    '왜 컵이 빨개?',
    '여자는 무엇을 들고 있어?',
    '뭐 하고 있어?',
    '',
    '?',
  ])('leaves %j to others', (question) => {
    expect(read(question)).toBeUndefined();
  });

  it('does not start on endless text', () => {
    expect(parseQuestions(`is there a ${'cup and '.repeat(20_000)}cup?`)).toBeUndefined();
  });

  it('never reads a question about nothing, whatever the text, and is quick about it', () => {
    const word = fc.constantFrom(
      'how',
      'many',
      'is',
      'there',
      'the',
      'cup',
      'and',
      'what',
      'colour',
      'red',
      '컵이',
      '몇',
      '개',
      '있고',
      '색',
      'left',
      'on',
      'biggest',
      '왼쪽',
      '에 있는',
      '?',
      ',',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (question) => {
        const started = performance.now();
        const questions = parseQuestions(question);
        expect(performance.now() - started).toBeLessThan(250);
        for (const { kind, things } of questions ?? [])
          expect(kind === 'scene' ? things.length : Math.min(1, things.length)).toBe(kind === 'scene' ? 0 : 1);
      }),
    );
  });
});
