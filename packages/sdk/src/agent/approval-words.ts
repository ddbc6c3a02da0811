import type { Language } from '../capabilities/ask/contract.ts';
import type { ToolName } from '../tools/schemas.ts';
import { adjustmentWords } from './adjustment-words.ts';
import type { ApprovalQuestion } from './events.ts';
import { mayI } from './korean-question.ts';

/** What is known of a call before it is made. */
export interface ProposedWork {
  readonly tool: ToolName;
  readonly input: Readonly<Record<string, unknown>>;
  /** Words for what it is about, also where the call has only a mask that was cut out by them. */
  readonly phrase: string | undefined;
  /** The message of the plan's step that it carries out; undefined where it is none's. */
  readonly step: string | undefined;
  /** Of an undo: the edit that it takes back, where that is known. */
  readonly undoes?: UndoneWork | undefined;
  /** False where the step is the next one of several that it may be. */
  readonly isSure: boolean;
}

/** An edit that was made, as it is named to whoever allows taking it back. */
export type UndoneWork = Pick<ProposedWork, 'tool' | 'input' | 'phrase'>;

/** Characters of a person's or a brain's words in a question. */
const longest = 200;

type Input = ProposedWork['input'];
type Task = (thing: string | undefined, input: Input) => string;

const quote = (value: unknown): string => `“${clip(Array.isArray(value) ? value.join(', ') : String(value ?? '?'))}”`;

const clip = (words: string): string => (words.length > longest ? `${words.slice(0, longest)}...` : words);

/** What a call of a tool does, where no step of the plan says it. The Korean ones end as the planner's do: `컵 지우기`. */
const tasks: Readonly<Record<Language, Readonly<Record<ToolName, Task>>>> = {
  en: {
    plan: () => 'Make a plan',
    ask_image: (_thing, { question }) => `Ask about the picture: ${quote(question)}`,
    detect_objects: (_thing, { phrases }) => `Look for ${quote(phrases)} in the picture`,
    segment_object: (thing = 'a part of the picture') => `Cut out ${thing}`,
    remove_object: (thing = 'a part of the picture') => `Remove ${thing}`,
    inpaint_image: (thing = 'a part of the picture', { prompt }) => `Paint ${quote(prompt)} in place of ${thing}`,
    generate_image: (_thing, { prompt }) => `Paint a picture: ${quote(prompt)}`,
    adjust_image: (thing, input) => adjustmentWords('en', thing, input),
    load_image: (_thing, { source }) => `Open ${quote(source)}`,
    undo_edit: (_thing, { edit, later }) =>
      `Take back ${edit === undefined ? 'the latest edit' : 'an edit'}${later === 'drop' ? ' and all that came after it' : ''}`,
  },
  ko: {
    plan: () => '계획 세우기',
    ask_image: (_thing, { question }) => `사진에 대해 ${quote(question)} 물어보기`,
    detect_objects: (_thing, { phrases }) => `사진에서 ${quote(phrases)} 찾기`,
    segment_object: (thing = '사진의 일부') => `${thing} 오려내기`,
    remove_object: (thing = '사진의 일부') => `${thing} 지우기`,
    inpaint_image: (thing = '사진의 일부', { prompt }) => `${thing} 자리에 ${quote(prompt)} 그리기`,
    generate_image: (_thing, { prompt }) => `${quote(prompt)} 그림 그리기`,
    adjust_image: (thing, input) => adjustmentWords('ko', thing, input),
    load_image: (_thing, { source }) => `${quote(source)} 열기`,
    undo_edit: (_thing, { edit, later }) =>
      `${edit === undefined ? '마지막 편집' : '편집'}${later === 'drop' ? '과 그 뒤의 편집 모두' : ''} 되돌리기`,
  },
};

/** What a call is about to do, as a task without a full stop: the words of its step, else its own. */
export function taskWords(language: Language, { tool, input, phrase, step }: ProposedWork): string {
  const planned = step?.trim().replace(/[.!…]+$/, '');
  if (planned) return clip(planned);
  return tasks[language][tool](phrase === undefined ? undefined : quote(phrase), input);
}

/** "Remove the cup. May I?", with what the call says and its step does not. */
export function approvalMessage(language: Language, work: ProposedWork, reason: ApprovalQuestion['reason']): string {
  const task = taskWords(language, work);
  const more = [...(work.step === undefined ? [] : unsaid(language, work, task)), ...undone(language, work)];
  const details = more.length > 0 ? ` (${more.join(', ')})` : '';
  if (language === 'ko') return `${reason === 'asked' ? '' : '요청에 없던 일입니다. '}${mayI(task)}${details}`;
  return `${reason === 'asked' ? '' : 'This was not asked for: '}${task}. May I?${details}`;
}

/** "Make “cup” blue": which edit an undo takes back. */
const undone = (language: Language, { tool, undoes }: ProposedWork): readonly string[] =>
  tool === 'undo_edit' && undoes ? [taskWords(language, { ...undoes, step: undefined, isSure: true })] : [];

/** Nobody may be asked for less than what is then done: the words a brain paints by, and what else may be another step's. */
function unsaid(language: Language, { tool, input, phrase, isSure }: ProposedWork, task: string): readonly string[] {
  const isNew = (word: unknown) => typeof word === 'string' && !task.toLowerCase().includes(word.toLowerCase());
  // A step that may be another one's says nothing of what is changed, nor how.
  const isElsewhere = input.region === 'background' && !aroundThings.test(task);
  if (tool === 'adjust_image' && (!isSure || isElsewhere)) {
    const words = adjustmentWords(language, phrase === undefined ? undefined : quote(phrase), input);
    return isNew(words) ? [words] : [];
  }
  const words = isSure ? [input.prompt, colourOf(input)] : [phrase, input.operation, input.prompt];
  return words.filter(isNew).map(quote);
}

/** Words that say that what is named stays, and the rest changes. */
const aroundThings =
  /\b(?:background|backdrop|everything|all|around|behind|rest|surround\w*|except|but|only)\b|배경|나머지|빼|뺀|주변|주위|뒤|제외|말고|만|전부/i;

/** The colour that a call would paint in. */
function colourOf({ parameters }: Input): unknown {
  return typeof parameters === 'object' && parameters !== null && 'colour' in parameters
    ? parameters.colour
    : undefined;
}
