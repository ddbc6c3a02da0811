import { describe, expect, it } from 'vitest';
import { directQuestion } from './direct-question.ts';

describe('a question, as it is put to who has only the picture', () => {
  it.each([
    ['how many cups are there', 'How many cups are there?'],
    ['then tell me how many cups are left', 'How many cups are there?'],
    ['tell me how many red cups there are, please', 'How many red cups are there?'],
    ['tell me how many dogs you can see', 'How many dogs are there?'],
    ['how many birds remain?', 'How many birds are there?'],
    ['finally count the orange chairs', 'How many orange chairs are there?'],
    ['count how many cups there are', 'How many cups are there?'],
    ['count the number of cups', 'How many cups are there?'],
    ['count the cups on the left', 'How many cups on the left are there?'],
    ['how many cups on the left', 'How many cups on the left?'],
    ['how many cups are on the left', 'How many cups are on the left?'],
    ['how many cups are still left', 'How many cups are there?'],
    ['count all the people in this photo', 'How many people are there?'],
    ['say whether there is a blue door', 'Is there a blue door?'],
    ['let me know if there are any dogs', 'Are there any dogs?'],
    ['could you tell me what colour the car on the left is?', 'What colour is the car on the left?'],
    ['tell me the colour of the roof', 'What colour is the roof?'],
    ["what's the colour of the roof?", 'What colour is the roof?'],
    ['which colour does the roof have?', 'What colour is the roof?'],
    ["tell me the roof's colour", 'What colour is the roof?'],
    ['oh, and how many dogs can you count?', 'How many dogs are there?'],
    ['what number of dogs is there?', 'How many dogs are there?'],
    ['which one is bigger: the dog or the cat?', 'Which is bigger, the dog or the cat?'],
    ['is the dog left or right?', 'Is the dog on the left or on the right?'],
    ['which side is the dog on?', 'Is the dog on the left or on the right?'],
    ["Where's the cup, on the left or the right?", 'Is the cup on the left or on the right?'],
    ['tell me where the cat is', 'Where is the cat?'],
    ['tell me whether the lamp is on the left or on the right', 'Is the lamp on the left or on the right?'],
    ['tell me which is larger, the cup or the plate', 'Which is larger, the cup or the plate?'],
    ['What does the sign say?', 'What does the sign say?'],
    ['is the shop open', 'Is the shop open?'],
  ])('%j asks %j', (words, question) => expect(directQuestion(words)).toBe(question));

  it.each([
    'describe the picture',
    'tell me about the house',
    'tell me a story',
    'count',
    'count everything',
    'count to ten',
    'Is it a dog? Is it a cat?',
  ])('%j stays as it is', (words) => expect(directQuestion(words)).toBe(words));
});
