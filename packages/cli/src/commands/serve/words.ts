import type { Language } from '@atelier/sdk';

/** The words of `atelier serve` and `atelier keys`. */
export interface ServeWords {
  readonly startingPostgres: string;
  readonly opening: string;
  readonly columns: Readonly<
    Record<'address' | 'access' | 'database' | 'pictures' | 'backends' | 'worker' | 'docs', string>
  >;
  /** `line` makes a key, here and below. */
  readonly open: (line: string) => string;
  readonly closed: string;
  readonly locked: (line: string) => string;
  readonly embedded: (folder: string, owned: boolean) => string;
  readonly noWorker: string;
  readonly bucket: (name: string) => string;
  readonly brain: (backends: readonly string[], brain: string) => string;
  readonly tryIt: string;
  readonly tryItWithKey: string;
  readonly request: string;
  readonly untilStopped: string;
  readonly unknownVariable: (name: string, meant: string | undefined) => string;
  readonly notOpenToAll: (name: string) => string;
  readonly openToNobody: (name: string) => string;
  readonly notOpenToAllHint: (line: string, setting: string) => string;
  readonly stopping: string;
  readonly stopped: string;
  readonly keyOnce: string;
  readonly keyColumns: Readonly<Record<'id' | 'tenant' | 'name' | 'state' | 'created', string>>;
  readonly keyStates: Readonly<Record<'active' | 'expired' | 'revoked', string>>;
  readonly key: string;
  readonly expires: (at: string | null) => string;
  readonly noKeys: string;
  readonly revoked: (id: string) => string;
  readonly lastKeyRevoked: (line: string) => string;
  readonly noDatabase: (folder: string) => string;
  readonly noDatabaseHint: string;
  readonly noSuchKey: (id: string) => string;
  readonly noSuchKeyHint: string;
}

const nameOr = (name: string, any: string): string => (name === '*' ? any : name);

const en: ServeWords = {
  startingPostgres: 'Starting Postgres...',
  opening: 'Opening the agent API...',
  columns: {
    address: 'Listening',
    access: 'Access',
    database: 'Database',
    pictures: 'Pictures',
    backends: 'Backends',
    worker: 'Jobs',
    docs: 'Reference',
  },
  open: (line) => `open: every program on this machine may use it; the first key ends that for good: ${line}`,
  closed: 'closed: every request needs an API key or a token',
  locked: (line) => `closed: no key is left, so nobody gets in; make one: ${line}`,
  embedded: (folder, owned) => `embedded Postgres in ${folder}${owned ? '' : ', shared with another process'}`,
  noWorker: 'are left to other processes',
  bucket: (name) => `bucket ${name}`,
  brain: (backends, brain) => `${backends.join(', ')}; brain: ${brain === 'planner' ? 'built-in planner' : brain}`,
  tryIt: 'Try it in another terminal:',
  tryItWithKey: 'Try it in another terminal, with a key in KEY:',
  request: 'make the picture brighter',
  untilStopped: 'Ctrl-C stops it.',
  unknownVariable: (name, meant) => `${name} is no setting${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  notOpenToAll: (name) =>
    `${nameOr(name, 'Any name')} is reached from other machines, and there is no key: everybody would be let in.`,
  openToNobody: (name) =>
    `${nameOr(name, 'Any name')} is reached from other machines, and no key is left: nobody would be let in.`,
  notOpenToAllHint: (line, setting) =>
    `Make a key first (${line}), set ATELIER_JWKS_URL, or leave out ${setting} to serve this machine alone.`,
  stopping: 'Stopping...',
  stopped: 'Stopped',
  keyOnce: 'This is shown once. Keep it; only a hash of it is stored.',
  keyColumns: { id: 'Id', tenant: 'Tenant', name: 'Name', state: 'State', created: 'Created' },
  keyStates: { active: 'active', expired: 'expired', revoked: 'revoked' },
  key: 'Key',
  expires: (at) => (at === null ? 'never' : at),
  noKeys: 'There are no keys.',
  revoked: (id) => `The key ${id} opens nothing any more.`,
  lastKeyRevoked: (line) =>
    `no key is left: nobody gets in (but tokens, where ATELIER_JWKS_URL is set); make one: ${line}`,
  noDatabase: (folder) => `There is no database in ${folder}.`,
  noDatabaseHint:
    'Name the --data or --database of atelier serve; atelier keys create makes the first key, and the database.',
  noSuchKey: (id) => `There is no key ${id}.`,
  noSuchKeyHint: 'atelier keys list shows them; an id has 12 letters and digits.',
};

const ko: ServeWords = {
  startingPostgres: 'Postgres 시작하는 중...',
  opening: '에이전트 API 여는 중...',
  columns: {
    address: '주소',
    access: '접근',
    database: '데이터베이스',
    pictures: '사진',
    backends: '백엔드',
    worker: '작업',
    docs: '문서',
  },
  open: (line) => `열림: 이 컴퓨터의 모든 프로그램이 쓸 수 있습니다. 첫 키를 만들면 아주 닫힙니다: ${line}`,
  closed: '닫힘: 모든 요청에 API 키나 토큰이 필요합니다',
  locked: (line) => `닫힘: 남은 키가 없어 아무도 들어올 수 없습니다. 키를 만드세요: ${line}`,
  embedded: (folder, owned) => `${folder}의 내장 Postgres${owned ? '' : ' (다른 프로세스와 함께 씀)'}`,
  noWorker: '다른 프로세스에 맡깁니다',
  bucket: (name) => `버킷 ${name}`,
  brain: (backends, brain) => `${backends.join(', ')}; 두뇌: ${brain === 'planner' ? '내장 플래너' : brain}`,
  tryIt: '다른 터미널에서 해 보세요:',
  tryItWithKey: '다른 터미널에서 KEY에 키를 넣고 해 보세요:',
  request: '사진을 밝게 해 줘',
  untilStopped: 'Ctrl-C로 멈춥니다.',
  unknownVariable: (name, meant) =>
    `${name}: 이런 설정은 없습니다${meant === undefined ? '' : `. 혹시 ${meant}인가요?`}`,
  notOpenToAll: (name) =>
    `${nameOr(name, '모든 이름')}에는 다른 컴퓨터도 접속하는데 키가 없습니다. 누구나 들어오게 됩니다.`,
  openToNobody: (name) =>
    `${nameOr(name, '모든 이름')}에는 다른 컴퓨터도 접속하는데 남은 키가 없습니다. 아무도 들어올 수 없습니다.`,
  notOpenToAllHint: (line, setting) =>
    `먼저 키를 만들거나(${line}) ATELIER_JWKS_URL을 정하세요. 이 컴퓨터에서만 쓰려면 ${setting} 설정을 빼세요.`,
  stopping: '멈추는 중...',
  stopped: '멈췄습니다',
  keyOnce: '지금 한 번만 보입니다. 잘 보관하세요. 저장되는 것은 해시뿐입니다.',
  keyColumns: { id: '아이디', tenant: '테넌트', name: '이름', state: '상태', created: '만든 때' },
  keyStates: { active: '사용 중', expired: '만료됨', revoked: '폐기됨' },
  key: '키',
  expires: (at) => (at === null ? '없음' : at),
  noKeys: '키가 없습니다.',
  revoked: (id) => `키 ${id}(은)는 이제 쓸 수 없습니다.`,
  lastKeyRevoked: (line) =>
    `남은 키가 없어 아무도 들어올 수 없습니다(ATELIER_JWKS_URL을 정했으면 토큰만 됩니다). 키를 만드세요: ${line}`,
  noDatabase: (folder) => `${folder}: 데이터베이스가 없습니다.`,
  noDatabaseHint:
    'atelier serve의 --data나 --database를 똑같이 적으세요. atelier keys create는 첫 키와 함께 데이터베이스도 만듭니다.',
  noSuchKey: (id) => `키 ${id}(이)가 없습니다.`,
  noSuchKeyHint: 'atelier keys list로 확인하세요. 아이디는 글자와 숫자 12개입니다.',
};

export const serveWordsIn = (language: Language): ServeWords => ({ en, ko })[language];
