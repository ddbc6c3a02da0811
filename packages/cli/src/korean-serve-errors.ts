import type { JsonError } from './json-output.ts';

type Told = Pick<JsonError, 'message' | 'hint'>;

const ownServer = 'DATABASE_URL로 다른 Postgres를 정해도 됩니다.';

/** Errors of `atelier serve` and `atelier keys` in Korean, told from others of their code by the details; undefined for those. */
export function serveErrorInKorean({ code, details = {} }: JsonError): Told | undefined {
  const { port, folder, account, lock, data, programs, output } = details;
  switch (code) {
    case 'conflict':
      if (port !== undefined) {
        return {
          message: `포트 ${port}: 다른 프로그램이 쓰고 있습니다.`,
          hint: '--port로 다른 포트를 정하세요. 0은 빈 포트입니다.',
        };
      }
      if (programs !== undefined) {
        return { message: `데이터는 Postgres ${data}의 것인데 내장 Postgres는 ${programs}입니다.`, hint: ownServer };
      }
      if (folder === undefined || lock !== undefined) return undefined;
      return {
        message: `${folder}: 다른 곳에서 이 데이터베이스를 쓰고 있습니다.`,
        hint: `잠시 뒤에 다시 하세요. ${ownServer}`,
      };
    case 'not-allowed':
      if (account === undefined) return undefined;
      return {
        message: `${folder}: Postgres는 root로 실행되지 않는데, 대신 쓰는 계정(${account})이 이 폴더에 들어갈 수 없습니다.`,
        hint: `--data로 다른 폴더를 정하세요. ${ownServer}`,
      };
    case 'output-not-writable':
      if (folder === undefined && output === undefined) return undefined;
      return {
        message: `${folder ?? '폴더'}: 데이터베이스를 둘 수 없습니다.`,
        hint: `권한과 빈 공간을 확인하거나 --data로 다른 폴더를 정하세요. ${ownServer}`,
      };
    case 'capability-unavailable':
      if (details.package === undefined) return undefined;
      return { message: `이 컴퓨터에 맞는 내장 Postgres(${details.package})가 없습니다.`, hint: ownServer };
    case 'access-denied':
      return databaseTrouble(details);
    case 'server-unavailable':
      if (details.server !== undefined) return undefined;
      if (details.database !== undefined) return databaseTrouble(details);
      return output === undefined
        ? { message: '데이터베이스가 응답하지 않습니다.', hint: '주소를 확인하고 잠시 뒤에 다시 하세요.' }
        : { message: '내장 Postgres를 시작하지 못했습니다.', hint: `폴더의 기록(server.log)을 보세요. ${ownServer}` };
    default:
      return undefined;
  }
}

const databaseProblems: Readonly<Record<string, Told>> = {
  'host-unknown': { message: '이런 호스트는 없습니다', hint: 'DATABASE_URL의 호스트를 확인하세요.' },
  'not-listening': {
    message: '여기에는 Postgres가 없습니다',
    hint: 'Postgres를 시작하거나 DATABASE_URL의 호스트와 포트를 확인하세요.',
  },
  silent: { message: 'Postgres가 응답하지 않습니다', hint: 'DATABASE_URL의 호스트와 포트를 확인하세요.' },
  refused: {
    message: 'Postgres가 이 사용자나 비밀번호를 받지 않습니다',
    hint: 'DATABASE_URL의 사용자와 비밀번호를 확인하세요.',
  },
  'database-missing': { message: '이런 데이터베이스는 없습니다', hint: 'DATABASE_URL을 확인하거나 만드세요' },
};

function databaseTrouble({ problem, database, create }: Readonly<Record<string, unknown>>): Told | undefined {
  const told = databaseProblems[String(problem)];
  if (!told) return undefined;
  const hint = create === undefined ? told.hint : `${told.hint}: ${create}`;
  return { message: `${database}: ${told.message}.`, ...(hint === undefined ? {} : { hint }) };
}
