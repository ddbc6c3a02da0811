import { withParticle } from '../errors/korean/particle.ts';

/** Final consonants after which a stem takes 을까요 as it is; of others, some change (듣다, 돕다, 짓다). */
const regularStems = /[찾넣놓덮없받씻입접깎묶붙엎얹높]$/;
/** Things that end in the same syllable as a task does: "사진 속 아기". */
const things = /(?:아기|전화기|청소기|도자기|크기|세기|이야기|분위기|고기|무기|여기|거기|저기|보기)$/;
/** A thing and what is done with it, where nothing stands between them. */
const bareObject = /^(.*[가-힣]”?) ((?:지우|오려내|찾|열|되돌리|그리)기)$/s;
/** Words that take no particle, or have one. */
const noObject = /[을를로에게서]$|(?:^| )(?:다|모두|전부)$/;
/** "Rieul", as it is written under a vowel. */
const rieul = 8;

/** A task as a question to whoever allows it: "컵 지우기" is "컵을 지울까요?". What is no such task stands before one. */
export function mayI(task: string): string {
  return `${asQuestion(withObject(task)) ?? `${task}: 이렇게 할까요`}?`;
}

function withObject(task: string): string {
  const [, thing, verb] = bareObject.exec(task) ?? [];
  return thing === undefined || noObject.test(thing) ? task : `${withParticle(thing, '을/를')} ${verb}`;
}

function asQuestion(task: string): string | undefined {
  if (!task.endsWith('기') || things.test(task)) return undefined;
  const stem = task.slice(0, -1);
  const code = stem.charCodeAt(stem.length - 1);
  if (!(code >= 0xac00 && code <= 0xd7a3)) return undefined;
  const final = (code - 0xac00) % 28;
  if (final === 0) return `${stem.slice(0, -1)}${String.fromCharCode(code + rieul)}까요`;
  if (final === rieul) return `${stem}까요`;
  return regularStems.test(stem) ? `${stem}을까요` : undefined;
}
