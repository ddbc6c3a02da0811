import type { Language } from '@atelier/sdk';
import { type Caution, cautionText } from '../environment/caution.ts';
import type { PlannedModel, PullProblem } from './pull-events.ts';

/** The words of `atelier triton pull`. */
export interface PullWords {
  readonly planning: string;
  readonly columns: Readonly<Record<'model' | 'weights' | 'size' | 'fetch' | 'licence', string>>;
  readonly here: string;
  readonly unknownLicence: string;
  readonly total: (all: string, toFetch: string, free: string, cache: string) => string;
  readonly gated: (model: string, url: string) => string;
  readonly remoteCode: (model: string) => string;
  readonly caution: (model: string, caution: Caution) => string;
  /** What a licence means, in a sentence. */
  readonly licence: (model: Pick<PlannedModel, 'licence' | 'licence_means'>) => string;
  readonly fetchNow: (size: string) => string;
  readonly fetching: (model: string, bytes: string, total: string) => string;
  readonly verifying: (model: string) => string;
  readonly fetched: (model: string, size: string) => string;
  readonly problem: (problem: PullProblem) => string;
  readonly someFailed: (models: readonly string[]) => string;
  readonly again: string;
  readonly notConfirmed: string;
  readonly brokeOff: string;
  readonly planned: string;
  readonly next: string;
}

const en: PullWords = {
  planning: 'Asking the hub what there is...',
  columns: { model: 'Model', weights: 'Weights', size: 'Size', fetch: 'To fetch', licence: 'Licence' },
  here: 'here',
  unknownLicence: 'unknown',
  total: (all, toFetch, free, cache) => `${toFetch} of ${all} to fetch into ${cache}, where ${free} are free.`,
  gated: (model, url) => `${model}: its licence must be accepted at ${url}, and the hub needs your token (HF_TOKEN).`,
  remoteCode: (model) =>
    `${model}: Python comes with the weights and runs in the server, where ATELIER_${model.toUpperCase()}_TRUST_REMOTE_CODE=true allows it.`,
  caution: (model, caution) => cautionText(model, caution, 'en'),
  licence: ({ licence_means }) => licence_means ?? '',
  fetchNow: (size) => `Fetch ${size}? [y/N] `,
  fetching: (model, bytes, total) => `Fetching ${model} (${bytes} of ${total})...`,
  verifying: (model) => `Comparing ${model} with the hub...`,
  fetched: (model, size) => `Fetched ${model}, ${size}`,
  problem: ({ message, model }) =>
    model === null || message.startsWith(`${model}:`) ? message : `${model}: ${message}`,
  someFailed: (models) => `The weights of ${models.join(', ')} could not be fetched.`,
  again: 'The reasons are above. What is here already is not fetched again.',
  notConfirmed: 'Nothing was fetched.',
  brokeOff: 'The program that fetches weights broke off.',
  planned: 'Nothing was fetched: --dry-run.',
  next: 'Serve them: atelier triton up',
};

const koreanProblems: Readonly<Record<string, string>> = {
  'gated-no-token': '라이선스에 동의한 계정의 토큰이 필요합니다. 아래 주소에서 동의하고 HF_TOKEN을 정하세요.',
  'gated-not-accepted':
    '토큰의 계정이 아직 라이선스에 동의하지 않았거나 승인되지 않았습니다. 아래 주소에서 동의하세요.',
  'token-wrong': '허브가 토큰을 알지 못합니다. 아래 주소에서 새로 만드세요.',
  'not-found': '그런 저장소가 없거나 공개되어 있지 않습니다.',
  'revision-not-found': '저장소에 그런 리비전이 없습니다.',
  'not-weights': '저장소에 읽을 수 있는 가중치가 없습니다.',
  offline: '허브에 연결할 수 없습니다. 네트워크나 프록시(HTTPS_PROXY)를 확인하세요.',
  'connection-lost': '받는 도중에 연결이 끊어졌습니다. 다시 실행하면 이어서 받습니다.',
  'hub-error': '허브가 오류로 답했습니다. 잠시 뒤에 다시 해 보세요.',
  damaged: '파일이 허브의 것과 다릅니다.',
  'disk-full': '디스크 공간이 모자랍니다.',
  'not-writable': '캐시 폴더에 쓸 수 없습니다.',
  settings: '설정을 쓸 수 없습니다.',
  'not-confirmed': '아무것도 내려받지 않았습니다.',
  interrupted: '취소했습니다.',
};

/** Of the weights in the catalogue, by its names. */
export const koreanLicences: Readonly<Record<string, string>> = {
  'Apache-2.0': '상업적 이용까지 자유롭습니다. 라이선스 문구를 함께 두어야 합니다.',
  MIT: '상업적 이용까지 자유롭습니다. 모델 설명은 시험 없이 배포하지 말아 달라고 합니다.',
  'Stability AI Community License':
    '연구와 연 매출 100만 달러 미만인 사업자에게 무료입니다. 그 이상이면 유료 라이선스가 필요합니다.',
  'CreativeML Open RAIL++-M': '라이선스가 나열한 해로운 용도를 빼고는 상업적 이용까지 자유롭습니다.',
  'CreativeML Open RAIL-M':
    '저장소에는 라이선스가 적혀 있지 않습니다. 바탕이 된 Stable Diffusion 가중치는 나열된 해로운 용도를 빼고 모두 허락합니다.',
};

const ko: PullWords = {
  planning: '허브에 무엇이 있는지 묻는 중...',
  columns: { model: '모델', weights: '가중치', size: '크기', fetch: '받을 것', licence: '라이선스' },
  here: '있음',
  unknownLicence: '모름',
  total: (all, toFetch, free, cache) => `모두 ${all} 가운데 ${toFetch}를 받습니다. 위치 ${cache}, 남은 공간 ${free}.`,
  gated: (model, url) => `${model}: ${url}에서 라이선스에 동의하고 허브의 토큰(HF_TOKEN)을 정해야 합니다.`,
  remoteCode: (model) =>
    `${model}: 가중치에 Python 코드가 딸려 있고, ATELIER_${model.toUpperCase()}_TRUST_REMOTE_CODE=true로 허락하면 서버에서 실행됩니다.`,
  caution: (model, caution) => cautionText(model, caution, 'ko'),
  licence: ({ licence, licence_means }) => koreanLicences[licence ?? ''] ?? licence_means ?? '',
  fetchNow: (size) => `${size}를 받을까요? [y/N] `,
  fetching: (model, bytes, total) => `${model} 받는 중 (${total} 가운데 ${bytes})...`,
  verifying: (model) => `${model} 확인하는 중...`,
  fetched: (model, size) => `${model} 받음, ${size}`,
  problem: ({ code, message, model, url }) => {
    const korean = koreanProblems[code] ?? '받지 못했습니다.';
    return `${model === null ? '' : `${model}: `}${korean} “${message}”${url === null ? '' : ` ${url}`}`;
  },
  someFailed: (models) => `가중치를 받지 못한 모델: ${models.join(', ')}.`,
  again: '이유는 위에 있습니다. 이미 받은 것은 다시 받지 않습니다.',
  notConfirmed: '아무것도 내려받지 않았습니다.',
  brokeOff: '가중치를 받는 프로그램이 도중에 끝났습니다.',
  planned: '아무것도 내려받지 않았습니다(--dry-run).',
  next: '실행: atelier triton up',
};

export const pullWordsIn = (language: Language): PullWords => ({ en, ko })[language];
