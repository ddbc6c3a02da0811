import type { Language } from '@atelier/sdk';
import type { WorkerEnd } from '@atelier/sdk/triton/launch';

/** Why the weights of a model cannot be used. */
export interface UnreadyWeights {
  readonly model: string;
  /** On the hub; null for miniatures, and where a setting cannot be used. */
  readonly id: string | null;
  readonly state: string;
  /** The models' own sentence. */
  readonly message: string;
  /** Names of what is not here or not whole, as far as they are known. */
  readonly missing: readonly string[];
}

/** The words of `atelier triton up`. */
export interface UpWords {
  readonly portTaken: (port: number) => string;
  readonly anotherPort: (option: string, port: number) => string;
  readonly portClosed: (port: number) => string;
  readonly noAddress: (host: string) => string;
  readonly useLoopback: string;
  readonly openToAll: (host: string) => string;
  readonly checkingWeights: string;
  readonly weightsMissing: (models: readonly string[]) => string;
  readonly settingsWrong: (models: readonly string[]) => string;
  readonly settingsHint: string;
  readonly unready: (model: UnreadyWeights) => string;
  readonly weightsHint: (command: string, size: string | undefined, whole: readonly string[]) => string;
  readonly miniatureHint: string;
  readonly gated: string;
  readonly checkFailed: string;
  readonly starting: string;
  readonly started: string;
  readonly loading: (models: readonly string[]) => string;
  readonly modelReady: (model: string) => string;
  readonly modelFailed: (model: string, reason: string) => string;
  readonly modelDied: (model: string, end: WorkerEnd, outOfMemory: boolean) => string;
  readonly modelBack: (model: string, seconds: number) => string;
  readonly modelDiedAgain: (model: string) => string;
  readonly modelGivenUp: (model: string) => string;
  readonly noneLoaded: (models: readonly string[]) => string;
  readonly noneLoadedHint: string;
  readonly serverFailed: string;
  readonly serverFailedHint: string;
  readonly serverEnded: string;
  readonly columns: Readonly<Record<'http' | 'grpc' | 'metrics' | 'models' | 'try', string>>;
  readonly device: Readonly<Record<'cuda' | 'cpu', string>>;
  readonly randomWeights: (models: readonly string[]) => string;
  readonly miniatureWeights: (models: readonly string[]) => string;
  readonly unknownVariable: (name: string, meant: string | undefined) => string;
  readonly untilStopped: string;
  /** To try, on a photograph and on a picture of Blockworld. */
  readonly request: string;
  readonly blockworldRequest: string;
  readonly stopping: string;
  readonly stopped: string;
}

const en: UpWords = {
  portTaken: (port) => `Port ${port} is in use by another program.`,
  anotherPort: (option, port) => `Choose another with ${option} ${port}.`,
  portClosed: (port) => `Port ${port} may not be listened on: those below 1024 need special rights.`,
  noAddress: (host) => `"${host}" is no address of this machine.`,
  useLoopback: 'Leave --host out for this machine alone, or use --host 0.0.0.0 for all of its addresses.',
  openToAll: (host) =>
    `the server listens on ${host}: it asks nobody who they are, so everybody who reaches it can use the models and see how much they are used; loading and unloading models, and the server's settings, are refused to them`,
  checkingWeights: 'Looking for the weights...',
  weightsMissing: (models) => `The weights of ${models.join(', ')} are not here, or not whole.`,
  settingsWrong: (models) => `Settings of ${models.join(', ')} cannot be used.`,
  settingsHint: 'The reasons are above; the settings are in the README of @atelier/triton-models.',
  unready: ({ message }) => message,
  weightsHint: (command, size, whole) =>
    `Fetch them: ${command}${size === undefined ? '' : ` (about ${size})`}.${whole.length > 0 ? ` What is here: --models ${whole.join(',')}.` : ''} Without them: --profile miniature (knows coloured shapes only) or --profile random.`,
  miniatureHint: 'Miniatures come with the package @atelier/triton-models: install it again.',
  gated: 'its licence must be accepted on the hub first',
  checkFailed: 'The weights could not be looked for.',
  starting: 'Starting the server...',
  started: 'Started the server',
  loading: (models) => `Loading ${models.join(' and ')}...`,
  modelReady: (model) => `${model} is ready`,
  modelFailed: (model, reason) => `${model} could not be loaded: ${reason}`,
  modelDied: (model, { signal, code }, outOfMemory) => {
    const how = signal === null ? `ended with code ${code}` : `was killed by ${signal}`;
    return `the process of ${model} ${how}${outOfMemory ? ', probably out of memory' : ''}; loading it anew`;
  },
  modelBack: (model, seconds) => `${model} is back after ${seconds.toFixed(1)} s`,
  modelDiedAgain: (model) => `the new process of ${model} died at once`,
  modelGivenUp: (model) =>
    `${model} was restarted 3 times within 5 minutes and is left unloaded until the next atelier triton up; other models go on`,
  noneLoaded: (models) =>
    models.length === 1 ? `${models[0]} could not be loaded.` : 'None of the models could be loaded.',
  noneLoadedHint: 'The reasons are above; the settings are in the README of @atelier/triton-models.',
  serverFailed: 'The server did not start.',
  serverFailedHint: 'The lines above are its own.',
  serverEnded: 'The server ended by itself.',
  columns: { http: 'HTTP', grpc: 'gRPC', metrics: 'Metrics', models: 'Models', try: 'Try' },
  device: { cuda: 'on the GPU', cpu: 'on the CPU' },
  randomWeights: (models) =>
    `the weights of ${models.join(', ')} are random: the answers mean nothing, only their shapes are right`,
  miniatureWeights: (models) =>
    `${models.join(', ')}: miniature weights, which know only Blockworld (pictures of coloured shapes) and nothing of photographs`,
  unknownVariable: (name, meant) =>
    `nothing reads ${name}${meant === undefined ? '; the settings are in the README of @atelier/triton-models' : `: did you mean ${meant}?`}`,
  untilStopped: 'Running until Ctrl-C.',
  request: 'replace the dog with a cat',
  blockworldRequest: 'replace the red ball with a blue cube',
  stopping: 'Stopping; Ctrl-C again ends at once.',
  stopped: 'Stopped the server',
};

const fewOf = (files: readonly string[]): string =>
  `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` 외 ${files.length - 3}개` : ''}`;

const ko: UpWords = {
  portTaken: (port) => `${port}번 포트를 다른 프로그램이 쓰고 있습니다.`,
  anotherPort: (option, port) => `${option} ${port}처럼 다른 포트를 고르세요.`,
  portClosed: (port) => `${port}번 포트는 열 수 없습니다. 1024 아래는 특별한 권한이 필요합니다.`,
  noAddress: (host) => `"${host}": 이 컴퓨터의 주소가 아닙니다.`,
  useLoopback: '이 컴퓨터에서만 쓰려면 --host를 빼고, 모든 주소를 열려면 --host 0.0.0.0을 쓰세요.',
  openToAll: (host) =>
    `서버가 ${host}에서 요청을 받습니다. 누구인지 묻지 않으므로, 닿을 수 있는 사람은 누구나 모델을 쓰고 사용량을 볼 수 있습니다. 모델을 올리고 내리거나 서버 설정을 바꾸는 일은 거절됩니다`,
  checkingWeights: '가중치 찾는 중...',
  weightsMissing: (models) => `가중치가 없거나 온전하지 않은 모델: ${models.join(', ')}.`,
  settingsWrong: (models) => `설정을 쓸 수 없는 모델: ${models.join(', ')}.`,
  settingsHint: '이유는 위에 있습니다. 설정은 @atelier/triton-models의 README를 보세요.',
  unready: ({ model, id, state, missing, message }) => {
    const files = fewOf(missing);
    if (state === 'missing') return `${model}: ${id}의 가중치가 없습니다`;
    if (state === 'partial') return `${model}: ${id}의 가중치가 일부만 있습니다. 없는 파일: ${files}`;
    if (state === 'damaged') return `${model}: ${id}의 파일이 손상되었습니다: ${files}`;
    if (state === 'miniature') return `${model}: 패키지에 들어 있어야 할 미니어처 가중치가 없습니다`;
    return message;
  },
  weightsHint: (command, size, whole) =>
    `받으려면: ${command}${size === undefined ? '' : ` (약 ${size})`}.${whole.length > 0 ? ` 있는 것만 쓰려면: --models ${whole.join(',')}.` : ''} 받지 않고 해 보려면: --profile miniature(색깔 있는 도형만 압니다) 또는 --profile random.`,
  miniatureHint: '미니어처는 @atelier/triton-models 패키지에 들어 있습니다. 다시 설치하세요.',
  gated: '먼저 허브에서 라이선스에 동의해야 합니다',
  checkFailed: '가중치를 확인하지 못했습니다.',
  starting: '서버 시작하는 중...',
  started: '서버를 시작했습니다',
  loading: (models) => `${models.join(', ')} 올리는 중...`,
  modelReady: (model) => `${model} 준비됨`,
  modelFailed: (model, reason) => `${model}: 올리지 못했습니다. ${reason}`,
  modelDied: (model, { signal, code }, outOfMemory) => {
    const how = signal === null ? `코드 ${code}로 끝났습니다` : `${signal} 신호로 죽었습니다`;
    return `${model}: 프로세스가 ${how}.${outOfMemory ? ' 메모리가 부족했던 것 같습니다.' : ''} 다시 올립니다`;
  },
  modelBack: (model, seconds) => `${model}: ${seconds.toFixed(1)}초 만에 다시 준비됐습니다`,
  modelDiedAgain: (model) => `${model}: 새 프로세스가 바로 죽었습니다`,
  modelGivenUp: (model) =>
    `${model}: 5분 안에 3번 다시 올렸는데 또 멈춰서, 다음 atelier triton up까지 내려 둡니다. 다른 모델은 계속 돌아갑니다`,
  noneLoaded: (models) => `올리지 못했습니다: ${models.join(', ')}.`,
  noneLoadedHint: '이유는 위에 있습니다. 설정은 @atelier/triton-models의 README를 보세요.',
  serverFailed: '서버가 시작되지 않았습니다.',
  serverFailedHint: '위의 줄은 서버가 남긴 것입니다.',
  serverEnded: '서버가 스스로 끝났습니다.',
  columns: { http: 'HTTP', grpc: 'gRPC', metrics: '지표', models: '모델', try: '해 보기' },
  device: { cuda: 'GPU', cpu: 'CPU' },
  randomWeights: (models) => `${models.join(', ')}: 가중치가 무작위라서 답에는 뜻이 없고 모양만 맞습니다`,
  miniatureWeights: (models) =>
    `${models.join(', ')}: 미니어처 가중치라서 블록월드(색깔 있는 도형 그림)만 알고 사진은 모릅니다`,
  unknownVariable: (name, meant) =>
    meant === undefined
      ? `${name}: 아무도 읽지 않는 변수입니다. 설정은 @atelier/triton-models의 README에 있습니다`
      : `${name}: 아무도 읽지 않는 변수입니다. ${meant}을(를) 쓰려던 것인가요?`,
  untilStopped: 'Ctrl-C를 누를 때까지 돌아갑니다.',
  request: '개를 고양이로 바꿔 줘',
  blockworldRequest: '빨간 공을 파란 정육면체로 바꿔 줘',
  stopping: '서버를 멈추는 중입니다. Ctrl-C를 한 번 더 누르면 바로 끝납니다.',
  stopped: '서버를 멈췄습니다',
};

export const upWordsIn = (language: Language): UpWords => ({ en, ko })[language];
