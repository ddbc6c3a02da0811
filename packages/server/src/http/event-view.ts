import type { JobEvent, WireEvent } from '../jobs/events.ts';
import type { JobRecord, QuestionEvent } from '../jobs/job.ts';
import type { Services } from '../services.ts';
import type { QuestionView } from './edit-schemas.ts';
import { publicError, publicMessage } from './errors.ts';
import type { JobEventView, StoredEventView } from './event-schemas.ts';

/** A signed, read-only, absolute URL of a picture. */
export const imageUrl = (services: Services, origin: string, tenant: string, id: string): string =>
  `${origin}${services.signer.imagePath(tenant, id)}`;

/** What an event is shown by: whose it is, and the request's own words, which are not taken for secrets of this machine. */
export type EventOwner = Pick<JobRecord, 'tenant'> & { readonly request: Pick<JobRecord['request'], 'prompt'> };

/** An event as SSE, WebSocket and the job's JSON show it: with URLs for its pictures, and without what is private in errors. */
export function eventView(services: Services, origin: string, job: EventOwner, event: WireEvent): StoredEventView;
export function eventView(services: Services, origin: string, job: EventOwner, event: JobEvent): JobEventView;
export function eventView(services: Services, origin: string, job: EventOwner, event: JobEvent): JobEventView {
  const urlOf = (id: string): string => imageUrl(services, origin, job.tenant, id);
  switch (event.status) {
    case 'question':
      return { ...headOf(event), status: 'question', ...questionOf(event, urlOf) };
    case 'progress':
      if (event.state === 'running' || event.preview === undefined) return event;
      return { ...event, previewUrl: urlOf(event.preview) };
    case 'failure':
      return { ...event, ...failureTexts(event, job), output_image_url: outputUrl(event, urlOf) };
    case 'success':
    case 'cancelled':
      return { ...event, output_image_url: outputUrl(event, urlOf) };
    default:
      return event;
  }
}

/** What a failure says, to people and to programs: cleaned alike. */
export function failureTexts({ error, message }: FailureEvent, { request }: EventOwner) {
  const reader = { said: request.prompt };
  return { message: publicMessage(error, message, reader), error: publicError(error, reader) };
}

type FailureEvent = Extract<WireEvent, { status: 'failure' }>;

const headOf = ({ seq, at, stage, progress, message }: QuestionEvent) => ({ seq, at, stage, progress, message });

const outputUrl = ({ outputImage }: { outputImage: string | null }, urlOf: (id: string) => string): string | null =>
  outputImage === null ? null : urlOf(outputImage);

/** What a person is asked, without the rest of the event. */
export function questionOf(event: QuestionEvent, urlOf: (id: string) => string): QuestionView {
  if (event.kind === 'choice') {
    const { id, kind, reason, phrase, overlay, expiresAt } = event;
    return {
      id,
      kind,
      reason,
      phrase,
      candidates: [...event.candidates],
      overlay,
      overlayUrl: urlOf(overlay),
      expiresAt,
    };
  }
  const { id, kind, tool, input, reason, image, expiresAt } = event;
  return {
    id,
    kind,
    tool,
    input: { ...input },
    reason,
    image,
    previewUrl: image === null ? null : urlOf(image),
    expiresAt,
  };
}
