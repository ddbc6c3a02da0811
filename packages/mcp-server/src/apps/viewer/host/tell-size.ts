import type { Host } from './host.ts';

/** Keeps the host told how high the page is, so that nobody has to scroll inside it. */
export function tellSize(host: Host, root: HTMLElement): void {
  let told = '';
  new ResizeObserver(() => {
    const [width, height] = [window.innerWidth, Math.ceil(root.getBoundingClientRect().height)];
    if (told === `${width} ${height}`) return;
    told = `${width} ${height}`;
    host.tellSize(width, height);
  }).observe(root);
}
