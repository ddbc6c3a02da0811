import type { Language } from '@atelier/sdk';

interface Words {
  readonly title: string;
  readonly description: string;
}

export type ResourceKind = 'picture' | 'preview' | 'mask' | 'history' | 'job';

interface ResourceWords extends Readonly<Record<ResourceKind, Words>> {
  /** Titles of entries of the list. */
  readonly pictureOf: (width: number, height: number) => string;
  readonly historyOf: (session: string) => string;
  readonly jobOf: (job: string) => string;
}

/** What hosts show about resources, by the server's language. */
export const resourceWords: Readonly<Record<Language, ResourceWords>> = {
  en: {
    picture: {
      title: 'Picture',
      description:
        'The full file of a picture that was loaded or made. It can be large: to look at it, read its preview.',
    },
    preview: {
      title: 'Preview of a picture',
      description: 'A small copy for looking at: at most 768 pixels and 256 KiB.',
    },
    mask: {
      title: 'Mask',
      description: 'Which pixels a mask covers, as COCO compressed RLE: { size: [height, width], counts }.',
    },
    history: {
      title: 'History of a session',
      description:
        'Its edits in the order they were made: what was asked, what changed, whether the second look passed it.',
    },
    job: { title: 'Job', description: 'What a whole-task job is doing, what it asks, and what came of it.' },
    pictureOf: (width, height) => `Picture, ${width} × ${height} pixels`,
    historyOf: (session) => `History of session ${session}`,
    jobOf: (job) => `Job ${job}`,
  },
  ko: {
    picture: {
      title: '사진',
      description: '불러오거나 만든 사진의 원본 파일입니다. 용량이 클 수 있으니 보기만 하려면 미리보기를 읽으세요.',
    },
    preview: { title: '사진 미리보기', description: '보기 위한 작은 사본입니다. 긴 변 768픽셀, 256KiB 이하입니다.' },
    mask: {
      title: '마스크',
      description: '마스크가 덮는 픽셀을 COCO 압축 RLE로 나타냅니다: { size: [높이, 너비], counts }.',
    },
    history: {
      title: '세션의 편집 기록',
      description:
        '편집을 한 순서대로 보여 줍니다. 무엇을 요청했고, 무엇이 바뀌었고, 다시 확인했을 때 통과했는지 담겨 있습니다.',
    },
    job: {
      title: '작업',
      description: '맡긴 작업이 지금 무엇을 하고 있는지, 무엇을 묻고 있는지, 결과가 어떤지 보여 줍니다.',
    },
    pictureOf: (width, height) => `사진, ${width} × ${height}픽셀`,
    historyOf: (session) => `세션 ${session}의 편집 기록`,
    jobOf: (job) => `작업 ${job}`,
  },
};
