/** What is sent in examples where the schema alone does not tell what would be meant, by path: a test sends each of them. */
export const exampleValues: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/jobs/{id}/answer': { question: 'QUESTION_ID', choice: 1 },
  '/chat': {
    id: 'my-chat',
    messages: [{ id: 'message-1', role: 'user', parts: [{ type: 'text', text: 'Paint a red bicycle' }] }],
  },
  '/vision/detect': { phrases: ['cup'] },
  '/vision/segment': { phrase: 'the cup on the left' },
  '/vision/ask': { question: 'What is on the table?' },
  '/vision/remove': { phrase: 'the cup on the left' },
  '/vision/inpaint': { phrase: 'the dog', prompt: 'a cat' },
  '/vision/adjust': { operation: 'brighten', parameters: { amount: 0.2 }, region: 'everything' },
  '/tools/ask_image': { input: { image: 'IMAGE_ID', question: 'What is on the table?' } },
  '/tools/detect_objects': { input: { image: 'IMAGE_ID', phrases: ['cup'] } },
  '/tools/segment_object': { input: { image: 'IMAGE_ID', phrase: 'the cup on the left' } },
  '/tools/remove_object': { input: { image: 'IMAGE_ID', phrase: 'the cup on the left' } },
  '/tools/inpaint_image': { input: { image: 'IMAGE_ID', phrase: 'the dog', prompt: 'a cat' } },
  '/tools/adjust_image': {
    input: { image: 'IMAGE_ID', operation: 'brighten', parameters: { amount: 0.2 }, region: 'everything' },
  },
  '/tools/generate_image': { input: { prompt: 'a red bicycle' } },
  '/tools/load_image': { input: { source: 'IMAGE_ID' } },
  '/tools/undo_edit': { input: { edit: 'EDIT_ID' } },
  '/vision/generate': { prompt: 'a red bicycle' },
};
