import type { Language } from '@atelier/sdk';

/** What hosts show about the prompts and their arguments. */
export interface PromptTitles {
  readonly edit: { readonly title: string; readonly description: string };
  readonly describe: { readonly title: string; readonly description: string };
  readonly photo: string;
  readonly request: string;
  readonly question: string;
  readonly language: string;
}

export const promptTitles: Readonly<Record<Language, PromptTitles>> = {
  en: {
    edit: {
      title: 'Edit a photo',
      description: 'Changes a photograph by words: finds what is meant, edits it, and says what was checked.',
    },
    describe: {
      title: 'Describe a photo',
      description: 'Says what a photograph shows, or answers a question about it. Changes nothing.',
    },
    photo: 'Image id, path or URL. Default: the one worked on so far',
    request: 'What should change, in your own words',
    question: 'What you want to know. Default: a description',
    language: 'en or ko. Default: that of your words',
  },
  ko: {
    edit: {
      title: '사진 편집',
      description: '말로 사진을 편집합니다. 대상을 찾아 편집하고, 무엇을 확인했는지 알려 줍니다.',
    },
    describe: {
      title: '사진 설명',
      description: '사진에 무엇이 있는지 설명하거나 질문에 답합니다. 사진은 바꾸지 않습니다.',
    },
    photo: '이미지 ID, 파일 경로 또는 URL. 비워 두면 지금까지 작업하던 사진',
    request: '무엇을 어떻게 바꿀지 편하게 적어 주세요',
    question: '알고 싶은 것. 비워 두면 사진 전체를 설명합니다',
    language: 'en 또는 ko. 비워 두면 적어 주신 말의 언어를 따릅니다',
  },
};
