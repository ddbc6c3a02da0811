import type { Language } from '@atelier/sdk';

/** The words of the triton commands. */
export interface TritonWords {
  readonly readingModels: (server: string) => string;
  readonly asking: (servers: readonly string[]) => string;
  readonly models: string;
  readonly skipped: (models: readonly string[]) => string;
  readonly noneReady: string;
  readonly live: string;
  readonly notLive: string;
  readonly ready: string;
  readonly notReady: string;
  readonly noModels: string;
  readonly loadedOnly: string;
  /** States of a model, by the server's names. */
  readonly states: Readonly<Record<string, string>>;
  readonly neverLoaded: string;
  readonly unloaded: string;
  readonly never: string;
  readonly columns: Readonly<
    Record<'model' | 'version' | 'state' | 'ok' | 'failed' | 'queue' | 'compute' | 'batch' | 'cache' | 'used', string>
  >;
  readonly ago: Intl.RelativeTimeFormat;
}

const en: TritonWords = {
  readingModels: (server) => `Reading the models of ${server}...`,
  asking: (servers) => `Asking ${servers.join(', ')}...`,
  models: 'Models',
  skipped: (models) => `left out, for they are not ready: ${models.join(', ')}`,
  noneReady: 'no model is ready, so there are no types',
  live: 'live',
  notLive: 'NOT LIVE',
  ready: 'ready',
  notReady: 'NOT READY',
  noModels: 'No models.',
  loadedOnly: 'Only loaded models are shown: the server keeps its list to itself.',
  states: { READY: 'ready', UNAVAILABLE: 'failed', LOADING: 'loading', UNLOADING: 'unloading' },
  neverLoaded: 'not loaded',
  unloaded: 'unloaded',
  never: 'never',
  columns: {
    model: 'Model',
    version: 'Ver.',
    state: 'State',
    ok: 'OK',
    failed: 'Failed',
    queue: 'Queue ms',
    compute: 'Infer ms',
    batch: 'Batch',
    cache: 'Cached',
    used: 'Last used',
  },
  ago: new Intl.RelativeTimeFormat('en', { style: 'narrow' }),
};

const ko: TritonWords = {
  readingModels: (server) => `${server}의 모델 읽는 중...`,
  asking: (servers) => `${servers.join(', ')}에 묻는 중...`,
  models: '모델',
  skipped: (models) => `준비되지 않아 뺐습니다: ${models.join(', ')}`,
  noneReady: '준비된 모델이 없어 타입도 없습니다',
  live: '작동 중',
  notLive: '작동하지 않음',
  ready: '준비됨',
  notReady: '준비되지 않음',
  noModels: '모델이 없습니다.',
  loadedOnly: '올라와 있는 모델만 보입니다. 서버가 전체 목록을 공개하지 않습니다.',
  states: { READY: '준비됨', UNAVAILABLE: '실패', LOADING: '올리는 중', UNLOADING: '내리는 중' },
  neverLoaded: '안 올림',
  unloaded: '내림',
  never: '없음',
  columns: {
    model: '모델',
    version: '버전',
    state: '상태',
    ok: '성공',
    failed: '실패',
    queue: '대기 ms',
    compute: '추론 ms',
    batch: '배치',
    cache: '캐시',
    used: '마지막 사용',
  },
  ago: new Intl.RelativeTimeFormat('ko', { style: 'narrow' }),
};

export const tritonWordsIn = (language: Language): TritonWords => ({ en, ko })[language];
