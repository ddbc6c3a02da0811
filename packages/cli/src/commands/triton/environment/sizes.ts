import type { Device } from './choose-device.ts';

/** Bytes that are fetched for an environment, and that it takes on the disk, about. `cpu` is measured; `cuda` is what its packages declare. */
export const environmentBytes: Readonly<Record<Device, { readonly download: number; readonly disk: number }>> = {
  cpu: { download: 0.35e9, disk: 1.8e9 },
  cuda: { download: 3e9, disk: 8e9 },
};

/** "1.8 GB" */
export function byteText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.max(0, Math.ceil(bytes / 1e3))} kB`;
}
