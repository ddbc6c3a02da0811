/**
 * Whether an ICC profile is one of the common sRGB ones, by its description (ICC.1:2010, 9.2.41).
 * Such a profile needs no conversion, which would cost time and shift some values by one.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const description = findTag(profile, 'desc');
  return description !== undefined && /sRGB(?: IEC ?61966| built-in|2014|$)/.test(description);
}

/** The printable characters of one tag: enough for both the ASCII and the UTF-16 form of a description. */
function findTag(profile: Uint8Array, name: string): string | undefined {
  const view = Buffer.from(profile.buffer, profile.byteOffset, profile.length);
  if (view.length < 132) return undefined;
  const count = Math.min(view.readUInt32BE(128), 100);
  for (let index = 0; index < count; index++) {
    const entry = 132 + index * 12;
    if (entry + 12 > view.length) return undefined;
    if (view.toString('latin1', entry, entry + 4) !== name) continue;
    const offset = view.readUInt32BE(entry + 4);
    const end = Math.min(view.length, offset + Math.min(view.readUInt32BE(entry + 8), 512));
    return offset < end ? view.toString('latin1', offset, end).replace(/[^ -~]/g, '') : undefined;
  }
  return undefined;
}
