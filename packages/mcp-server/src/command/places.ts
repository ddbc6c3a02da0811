import { posix, win32 } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Where the process was started. */
export interface Place {
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

const pathOf = ({ platform }: Place) => (platform === 'win32' ? win32 : posix);

/** What separates the folders of a list in a variable, as in PATH. */
export const pathSeparator = (place: Place): string => pathOf(place).delimiter;

/** Absolute; `~` is the home folder, since hosts start programs without a shell. Throws `UsageError`. */
export function absolutePath(written: string, place: Place): string {
  const path = pathOf(place);
  if (written.includes('\0')) throw new UsageError('a path holds a character that no path may hold');
  const atHome = /^~(?=$|[/\\])/.test(written);
  return path.resolve(place.cwd, atHome ? path.join(place.home, written.slice(1)) : written);
}

/** The folder of a person's data, by the custom of the system. Hosts start servers anywhere, so the current folder means nothing. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>, place: Place): string {
  const path = pathOf(place);
  const { home, platform } = place;
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'atelier');
  if (platform === 'win32')
    return path.join(env.LOCALAPPDATA?.trim() || path.join(home, 'AppData', 'Local'), 'atelier');
  // By the standard, a relative path there does not count.
  const ofStandard = env.XDG_DATA_HOME?.trim();
  return path.join(
    ofStandard && path.isAbsolute(ofStandard) ? ofStandard : path.join(home, '.local', 'share'),
    'atelier',
  );
}
