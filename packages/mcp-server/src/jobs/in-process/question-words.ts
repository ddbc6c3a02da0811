/** Words of questions, by their ids: a run tells them beside the question itself, sooner or later. */
export class QuestionWords {
  readonly #told = new Map<string, string>();
  readonly #waiting = new Map<string, (words: string) => void>();

  tell(question: string, words: string): void {
    this.#told.set(question, words);
    this.#waiting.get(question)?.(words);
    this.#waiting.delete(question);
  }

  async of(question: string): Promise<string> {
    return this.#told.get(question) ?? new Promise((resolve) => this.#waiting.set(question, resolve));
  }
}
