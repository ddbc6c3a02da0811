import type { ModelMessage } from 'ai';

/** Pictures of tool results that stay in what a brain is sent. Older ones cost as much at each call and show what is gone. */
const most = 4;

/** The messages with the pictures of the latest tool results only; the words about the others stay, and the person's pictures. */
export function withLatestPictures(messages: readonly ModelMessage[]): ModelMessage[] {
  let left = most;
  return messages
    .toReversed()
    .map((message): ModelMessage => {
      if (message.role !== 'tool') return message;
      const content = message.content
        .toReversed()
        .map((part) => {
          if (part.type !== 'tool-result' || part.output.type !== 'content') return part;
          const value = part.output.value.filter(({ type }) => type !== 'file' || left-- > 0);
          return value.length === part.output.value.length ? part : { ...part, output: { ...part.output, value } };
        })
        .toReversed();
      return { ...message, content };
    })
    .toReversed();
}
