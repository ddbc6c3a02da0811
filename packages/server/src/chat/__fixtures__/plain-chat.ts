import { AbstractChat, type ChatInit, type ChatState, type ChatStatus } from 'ai';
import type { AtelierUIMessage } from '../../client/ui-message.ts';

/** What `useChat` keeps, without React around it. */
class PlainState implements ChatState<AtelierUIMessage> {
  status: ChatStatus = 'ready';
  error: Error | undefined;
  messages: AtelierUIMessage[];

  constructor(messages: AtelierUIMessage[]) {
    this.messages = messages;
  }

  pushMessage = (message: AtelierUIMessage): void => {
    this.messages = [...this.messages, message];
  };

  popMessage = (): void => {
    this.messages = this.messages.slice(0, -1);
  };

  replaceMessage = (index: number, message: AtelierUIMessage): void => {
    this.messages = this.messages.with(index, structuredClone(message));
  };

  snapshot = <Value>(value: Value): Value => structuredClone(value);
}

/** The AI SDK's own chat: all that `useChat` does. */
export class PlainChat extends AbstractChat<AtelierUIMessage> {
  constructor({ messages = [], ...init }: ChatInit<AtelierUIMessage>) {
    super({ ...init, state: new PlainState(messages) });
  }
}
