import type { Language } from '@atelier/sdk';

/** The words of atelier batch. */
export interface BatchWords {
  readonly comparing: string;
  readonly keptBefore: (kept: number, total: number) => string;
  /** @param number of the photo at work, from 1 */
  readonly photo: (number: number, total: number, name: string) => string;
  readonly madePhoto: (name: string, output: string) => string;
  readonly failedPhoto: (name: string, message: string) => string;
  readonly done: string;
  readonly doneOf: (done: number, total: number, kept: number) => string;
  readonly failed: string;
  readonly notVerified: string;
  readonly left: string;
  readonly folder: string;
  readonly report: string;
  readonly atStep: (step: number) => string;
  readonly someFailed: (failed: number, total: number) => string;
  readonly seePhotos: string;
  readonly sayWhich: string;
  readonly useWords: string;
  readonly notOurs: (path: string) => string;
  readonly moveAway: string;
  readonly more: (count: number) => string;
  readonly goOn: (left: number) => string;
}

const en: BatchWords = {
  comparing: 'Comparing with what is there...',
  keptBefore: (kept, total) => `${kept} of ${total} are done already`,
  photo: (number, total, name) => `${number}/${total} ${name}`,
  madePhoto: (name, output) => `${name} → ${output}`,
  failedPhoto: (name, message) => `FAILED ${name}: ${message}`,
  done: 'Done',
  doneOf: (done, total, kept) => `${done} of ${total}${kept > 0 ? ` (${kept} before)` : ''}`,
  failed: 'Failed',
  notVerified: 'Not verified',
  left: 'Not begun',
  folder: 'Folder',
  report: 'Report',
  atStep: (step) => `step ${step}`,
  someFailed: (failed, total) => `${failed} of ${total} photos failed.`,
  seePhotos: 'Each says why. Running the same command again tries only these.',
  sayWhich: 'Name it in the recipe in other words, or by its place ("the left cup").',
  useWords: 'Name the thing in words: they fit pictures of any size.',
  notOurs: (path) => `${path} is not what this batch wrote there, and was left as it is.`,
  moveAway: 'Rename it or move it away, and run the same command again; --again writes over it.',
  more: (count) => `... and ${count} more, in the report`,
  goOn: (left) => `stopped with ${left} to go: run the same command again to go on`,
};

const ko: BatchWords = {
  comparing: '이미 있는 것과 비교하는 중...',
  keptBefore: (kept, total) => `${total}장 중 ${kept}장은 이미 되어 있습니다`,
  photo: (number, total, name) => `${number}/${total} ${name}`,
  madePhoto: (name, output) => `${name} → ${output}`,
  failedPhoto: (name, message) => `실패 ${name}: ${message}`,
  done: '완료',
  doneOf: (done, total, kept) => `${total}장 중 ${done}장${kept > 0 ? ` (그중 ${kept}장은 이전에)` : ''}`,
  failed: '실패',
  notVerified: '확인되지 않음',
  left: '시작하지 않음',
  folder: '폴더',
  report: '보고서',
  atStep: (step) => `${step}단계`,
  someFailed: (failed, total) => `사진 ${total}장 중 ${failed}장을 하지 못했습니다.`,
  seePhotos: '사진마다 이유가 있습니다. 같은 명령을 다시 실행하면 이것들만 다시 합니다.',
  sayWhich: '레시피에서 다른 말로, 또는 "왼쪽 컵"처럼 위치로 적어 주세요.',
  useWords: '레시피에는 말로 적으세요. 말은 어떤 크기의 사진에도 맞습니다.',
  notOurs: (path) => `${path}: 이 일괄 작업이 만든 파일이 아닙니다. 그대로 두었습니다.`,
  moveAway: '이름을 바꾸거나 옮긴 뒤 같은 명령을 다시 실행하세요. --again을 쓰면 덮어씁니다.',
  more: (count) => `... 그 밖에 ${count}장은 보고서에 있습니다`,
  goOn: (left) => `${left}장을 남기고 멈췄습니다. 같은 명령을 다시 실행하면 이어서 합니다`,
};

export const batchWords = (language: Language): BatchWords => ({ en, ko })[language];
