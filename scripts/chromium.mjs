// Finds a Chromium for the tests of the MCP server's viewer; where there is none, installs Debian's, as root on Debian.
// `node scripts/chromium.mjs` does it and prints where it is. Plain JavaScript without dependencies, like setup.mjs.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const usualPlaces = {
  linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

/** A browser's path: what CHROMIUM_PATH names, else one on the path, else one where it usually is; undefined where there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isProgram(named)) throw new Error(`CHROMIUM_PATH is "${named}", and there is no program of that name.`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...(usualPlaces[process.platform] ?? [])].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs Chromium unless there is a browser already. Progress goes to stderr.
 * Returns undefined when there is one, else the reason why there is none.
 */
export function setupChromium() {
  if (findChromium()) return undefined;
  if (!isDebian()) return 'there is no Chromium or Chrome: install one, or name it in CHROMIUM_PATH';
  if (process.getuid?.() !== 0)
    return 'there is no Chromium: `sudo apt-get install chromium`, or name a browser in CHROMIUM_PATH';
  console.error("Installing Debian's Chromium for the viewer's tests (once, about a minute)...");
  const options = ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30'];
  const install = [...options, 'install', '-y', '--no-install-recommends', 'chromium'];
  // Without its lists apt-get knows no package: containers come that way.
  if (apt(install) === undefined) return undefined;
  return apt([...options, 'update']) ?? apt(install);
}

/** Undefined when it went well, else what apt-get said last. */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  });
  if (done.status === 0) return undefined;
  const last = done.stderr?.trim().split('\n').at(-1);
  return `\`apt-get ${args.join(' ')}\` failed: ${last || done.error?.message || `status ${done.status}`}`;
}

/** Ubuntu's package of this name only points to a snap, which servers and containers cannot run. */
function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reason = setupChromium();
  if (reason) console.error(`No Chromium: ${reason}.`);
  else console.log(findChromium());
  process.exitCode = reason ? 1 : 0;
}
