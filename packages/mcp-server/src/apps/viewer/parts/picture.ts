import { element } from './element.ts';

/** A picture that is ready to be drawn. */
export interface LoadedPicture {
  readonly url: string;
  /** Pixels of the file at hand, which may be a preview. */
  readonly width: number;
  readonly height: number;
  readonly drawable: HTMLImageElement;
}

/** Undefined for what is no picture. */
export async function loadPicture(url: string | undefined): Promise<LoadedPicture | undefined> {
  if (url === undefined) return undefined;
  const drawable = new Image();
  drawable.src = url;
  try {
    await drawable.decode();
  } catch {
    return undefined;
  }
  return { url, width: drawable.naturalWidth, height: drawable.naturalHeight, drawable };
}

export const pictureElement = ({ url }: LoadedPicture, alt: string, name = ''): HTMLImageElement =>
  element('img', { src: url, alt, class: name, draggable: 'false' });

/** The frame that pictures and what lies on them are laid into; it keeps the picture's shape at every width. */
export function stage({ width, height }: LoadedPicture, ...children: readonly Node[]): HTMLElement {
  const made = element('div', { class: 'stage' }, ...children);
  made.style.setProperty('--shape', String(width / height));
  return made;
}
