import type { Language } from '../grammar/language.ts';
import type { Intent } from '../intents/intent.ts';

/** What waited for a check, as the person is told of it: the last step of each intent. */
const tasksOf = (intents: readonly Intent[]): string =>
  intents.map(({ steps }) => `“${steps[steps.length - 1].message}”`).join(', ');

/**
 * The sentence about a check: what was seen, and what was therefore left undone. `holds` undefined: nothing could be
 * told from what the tool answered.
 */
export function tellCheck(
  seen: string | undefined,
  holds: boolean | undefined,
  leftOut: readonly Intent[],
  language: Language,
): string {
  const found = seen ?? '';
  if (leftOut.length === 0) return found;
  const tasks = tasksOf(leftOut);
  if (holds === undefined) {
    return language === 'ko'
      ? `${found} 조건에 맞는지 알 수 없어서 하지 않았습니다: ${tasks}.`.trim()
      : `${found} I cannot tell from that whether the condition holds, so I left this undone: ${tasks}.`.trim();
  }
  return language === 'ko'
    ? `${found} 그래서 하지 않았습니다: ${tasks}.`.trim()
    : `${found} So I left this undone: ${tasks}.`.trim();
}
