/** Opens an address in the person’s browser, by the opener that each system has. */
import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** A program, and the words before the address. None of these is a shell, so nothing in an address is more than an address. */
const OPENERS: ReadonlyMap<NodeJS.Platform, readonly [program: string, ...words: string[]]> = new Map([
  ['darwin', ['open']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler']],
]);
const OF_DESKTOPS = ['xdg-open'] as const;

/** Whether a browser that is opened here is in front of the person: on a desktop, and not by a connection from elsewhere. */
export function hasBrowser(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return OPENERS.has(platform) || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** @returns whether the opener could be started; what it does then nobody hears, so the address is shown as well */
export function openBrowser(address: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [program, ...words] = OPENERS.get(platform) ?? OF_DESKTOPS;
  return new Promise((done) => {
    const child = spawn(program, [...words, address], { detached: true, stdio: 'ignore', env: process.env });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}
