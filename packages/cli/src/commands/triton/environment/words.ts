import type { Language } from '@atelier/sdk';
import type { PipStep } from './pip-progress.ts';

/** The words of preparing Python for the server. */
export interface EnvironmentWords {
  readonly platform: (here: string) => string;
  readonly container: string;
  readonly noPython: (others: readonly string[]) => string;
  readonly installPython: string;
  readonly notPython: (path: string) => string;
  readonly wrongPython: (path: string, version: string) => string;
  readonly lacksPackages: (path: string, packages: readonly string[]) => string;
  readonly withoutPythonOption: string;
  readonly noLibrary: (version: string) => string;
  readonly installLibrary: (library: string) => string;
  readonly noGpu: string;
  readonly useCpu: string;
  /** Before anything is fetched. */
  readonly sizes: (sizes: {
    readonly device: string;
    readonly download: string;
    readonly disk: string;
    readonly folder: string;
  }) => string;
  readonly installNow: string;
  readonly notInstalled: string;
  readonly notEnoughSpace: (free: string, needed: string, folder: string) => string;
  readonly waiting: string;
  readonly preparing: string;
  readonly noCpuIndex: string;
  readonly pip: (step: PipStep, fetched: string) => string;
  readonly environmentReady: string;
  readonly installFailed: string;
  readonly installAgain: string;
  readonly installVenv: string;
  readonly moreSpace: (folder: string) => string;
  readonly noDistribution: string;
}

const en: EnvironmentWords = {
  platform: (here) => `The server's package is for Linux on x86-64 with glibc 2.35 or later; this is ${here}.`,
  container:
    'Run it in NVIDIA\'s container: the README of @atelier/triton-models has the command, "In a container". Or run it on another machine and name that by --url.',
  noPython: (others) =>
    others.length === 0
      ? 'There is no Python on this machine that the server could use.'
      : `The server needs Python 3.10 to 3.13; this machine has ${others.join(', ')}.`,
  installPython: 'Install Python 3.10, 3.11, 3.12 or 3.13 (apt install python3 python3-venv), or name one by --python.',
  notPython: (path) => `${path} is not a Python interpreter that runs.`,
  wrongPython: (path, version) => `${path} is Python ${version}; the server needs 3.10 to 3.13.`,
  lacksPackages: (path, packages) => `${path} lacks ${packages.join(', ')}.`,
  withoutPythonOption: 'Install them there, or leave --python out: an environment is then made.',
  noLibrary: (version) =>
    `Python ${version} is here without its shared library, which the server's worker is linked to.`,
  installLibrary: (library) => `Install it (apt install ${library}), or name another Python by --python.`,
  noGpu: 'There is no NVIDIA GPU here that nvidia-smi lists.',
  useCpu: 'Use --device cpu, or install the driver.',
  sizes: ({ device, download, disk, folder }) =>
    `The models need a Python environment of their own, for ${device === 'cuda' ? 'CUDA' : 'the CPU'}: about ${download} to fetch, ${disk} on disk, in ${folder}. It is made once.`,
  installNow: 'Make it now? [y/N] ',
  notInstalled: 'Nothing was fetched.',
  notEnoughSpace: (free, needed, folder) => `${folder} has ${free} free, and about ${needed} are needed.`,
  waiting: 'Waiting for another atelier that makes the environment...',
  preparing: 'Making the Python environment...',
  noCpuIndex:
    'The index of PyTorch does not answer, so torch comes from the usual one; it may be the large CUDA build.',
  pip: (step, fetched) => {
    if (step.kind === 'look') return `Looking for ${step.name} (${fetched} fetched)...`;
    if (step.kind === 'cached') return `Taking ${step.name} from the cache...`;
    if (step.kind === 'install') return `Installing ${step.count} packages...`;
    return `Fetching ${step.name} (${fetched} with it)...`;
  },
  environmentReady: 'Made the Python environment',
  installFailed: 'The Python environment could not be made.',
  installAgain:
    'The lines above are those of pip. Mend what they tell (often the network or a proxy), and run it again.',
  installVenv: 'This Python cannot make environments: apt install python3-venv, or name another by --python.',
  moreSpace: (folder) => `The disk of ${folder} is full: make room, or choose another folder by --cache.`,
  noDistribution:
    'The package index has no such package for this Python: use another one (3.10 to 3.13), or another index.',
};

const ko: EnvironmentWords = {
  platform: (here) => `서버 패키지는 x86-64 리눅스와 glibc 2.35 이상에서만 돌아갑니다. 이 컴퓨터는 ${here}입니다.`,
  container:
    'NVIDIA 컨테이너에서 실행하세요(@atelier/triton-models의 README, "In a container"). 다른 컴퓨터에서 실행하고 --url로 알려 줄 수도 있습니다.',
  noPython: (others) =>
    others.length === 0
      ? '서버가 쓸 수 있는 Python이 없습니다.'
      : `서버에는 Python 3.10~3.13이 필요한데 이 컴퓨터에는 ${others.join(', ')}만 있습니다.`,
  installPython: 'Python 3.10~3.13을 설치하거나(apt install python3 python3-venv) --python으로 알려 주세요.',
  notPython: (path) => `${path}: 실행되는 Python이 아닙니다.`,
  wrongPython: (path, version) => `${path}: Python ${version}입니다. 서버에는 3.10~3.13이 필요합니다.`,
  lacksPackages: (path, packages) => `${path}: 없는 패키지가 있습니다: ${packages.join(', ')}.`,
  withoutPythonOption: '거기에 설치하거나 --python을 빼세요. 그러면 환경을 새로 만듭니다.',
  noLibrary: (version) => `Python ${version}에 공유 라이브러리가 없어 서버의 Python 작업자가 돌아가지 않습니다.`,
  installLibrary: (library) => `apt install ${library}로 설치하거나 --python으로 다른 Python을 알려 주세요.`,
  noGpu: 'nvidia-smi에 보이는 NVIDIA GPU가 없습니다.',
  useCpu: '--device cpu를 쓰거나 드라이버를 설치하세요.',
  sizes: ({ device, download, disk, folder }) =>
    `모델을 돌릴 Python 환경(${device === 'cuda' ? 'CUDA' : 'CPU'})이 필요합니다. 내려받기 약 ${download}, 디스크 약 ${disk}, 위치 ${folder}. 한 번만 만듭니다.`,
  installNow: '지금 만들까요? [y/N] ',
  notInstalled: '아무것도 내려받지 않았습니다.',
  notEnoughSpace: (free, needed, folder) => `${folder}: 남은 공간은 ${free}, 필요한 공간은 약 ${needed}입니다.`,
  waiting: '다른 atelier가 환경을 만드는 동안 기다리는 중...',
  preparing: 'Python 환경 만드는 중...',
  noCpuIndex: 'PyTorch의 패키지 서버가 답하지 않아 torch를 보통 서버에서 받습니다. 큰 CUDA 판일 수 있습니다.',
  pip: (step, fetched) => {
    if (step.kind === 'look') return `${step.name} 찾는 중 (${fetched} 받음)...`;
    if (step.kind === 'cached') return `${step.name} 캐시에서 가져오는 중...`;
    if (step.kind === 'install') return `패키지 ${step.count}개 설치하는 중...`;
    return `${step.name} 받는 중 (모두 ${fetched})...`;
  },
  environmentReady: 'Python 환경을 만들었습니다',
  installFailed: 'Python 환경을 만들지 못했습니다.',
  installAgain: '위의 줄은 pip이 남긴 것입니다. 원인(흔히 네트워크나 프록시)을 고치고 다시 실행하세요.',
  installVenv:
    '이 Python은 환경을 만들 수 없습니다. apt install python3-venv로 설치하거나 --python으로 다른 것을 알려 주세요.',
  moreSpace: (folder) => `${folder}의 디스크가 가득 찼습니다. 공간을 비우거나 --cache로 다른 폴더를 정하세요.`,
  noDistribution: '패키지 서버에 이 Python용 패키지가 없습니다. 다른 Python(3.10~3.13)이나 다른 서버를 쓰세요.',
};

export const environmentWordsIn = (language: Language): EnvironmentWords => ({ en, ko })[language];
