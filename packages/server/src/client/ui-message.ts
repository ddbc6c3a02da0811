import type { Receipt, Stage } from '@atelier/sdk';
import type { UIMessage } from 'ai';
import type { Job, JobState, JobUrls, StoredJobEvent } from './wire.ts';

type Plan = Extract<StoredJobEvent, { status: 'plan' }>;

/** The message's job. Its part is brought up to date when the job asks, goes on and ends. */
export interface ChatJob {
  readonly jobId: string;
  readonly session: string;
  readonly state: JobState;
  readonly urls: JobUrls;
}

/** What was planned. */
export interface ChatPlan {
  readonly steps: Plan['steps'];
}

/** Where the job is: one part, brought up to date. */
export interface ChatProgress {
  readonly stage: Stage;
  /** 0..100, never falling. */
  readonly progress: number;
  /** For the person. */
  readonly message: string;
  /** What there is to look at by now: a signed URL. */
  readonly previewUrl?: string | undefined;
}

type Asked = NonNullable<Job['question']>;

/** What a person is asked, and how to answer. Its part is brought up to date once the job has gone on. */
export type ChatQuestion = Asked & {
  readonly message: string;
  /** False once it was answered, or has run out. */
  readonly isOpen: boolean;
  /** Send `body` there with one field more: `choice`, the number of a candidate, or `approved`, true or false. */
  readonly answer: {
    readonly method: 'POST';
    readonly url: string;
    readonly body: { readonly question: string };
    readonly add: 'choice' | 'approved';
  };
};

/** What was done to the picture, in short. */
export interface ChatEdit {
  readonly id: string;
  readonly tool: string;
  readonly label?: string | undefined;
  /** Whether a second look found what was wanted, and what it rests on. */
  readonly verified: boolean;
  readonly reason: string;
  readonly backend: Receipt['backend'];
  readonly model: Receipt['model'];
  /** Pixels that differ outside the mask: always 0. */
  readonly changedOutsideMask: Receipt['changedOutsideMask'];
  readonly changedInsideMask: Receipt['changedInsideMask'];
}

/** The picture that came of it. */
export interface ChatImage {
  readonly id: string;
  /** Signed, read-only, valid for an hour. */
  readonly url: string;
  /** False also for a job that failed or was stopped after edits were made. */
  readonly verified: boolean;
  readonly edits: readonly ChatEdit[];
}

/** The data parts of a job's message; as parts: `data-job`, `data-plan`, `data-progress`, `data-question`, `data-image`. */
// A type, not an interface: the AI SDK wants one with an index signature.
export type AtelierDataParts = {
  job: ChatJob;
  plan: ChatPlan;
  progress: ChatProgress;
  question: ChatQuestion;
  image: ChatImage;
};

export interface AtelierMessageMetadata {
  readonly jobId: string;
  readonly session: string;
}

/** Messages of `POST /chat`. @example useChat<AtelierUIMessage>({ transport: new DefaultChatTransport({ api: '/chat' }) }) */
export type AtelierUIMessage = UIMessage<AtelierMessageMetadata, AtelierDataParts>;
