/**
 * What is remembered of work under way, so that it can go on after an interruption: one small file for each piece of work, in
 * the user’s own folder for such things. Nothing in it is secret, since an upload’s id is of use to nobody without the role; but for
 * the token of a sign-in, while it lives. Each file is the user’s own, and is replaced as a whole, so that a crash leaves the old one
 * or the new.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DeliveryRefused } from '../delivery';
import { makeWithThoseAbove } from '../disk';

/** The variable that names the folder. */
export const STATE_VARIABLE = 'CONCORDAT_STATE';

/** Where it lies: as named, or the system’s own place for it. */
export function statePlace({
  state,
  cwd,
  env,
}: {
  readonly state: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): string {
  const named = state ?? env[STATE_VARIABLE];
  if (named !== undefined && named !== '') return resolve(cwd, named);
  if (env.LOCALAPPDATA && process.platform === 'win32') return join(env.LOCALAPPDATA, 'concordat');
  return join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'), 'concordat');
}

/** The pieces of work of one kind, such as `deposits`, each under a name of its own. */
export class StateFolder {
  readonly #folder: string;
  #made = false;

  /** @param parts of the folder’s path below the place, such as the kind and the account */
  constructor(place: string, ...parts: readonly string[]) {
    this.#folder = join(place, ...parts);
  }

  /** What is remembered; nothing where there is nothing, or what a crash left is no JSON. */
  read(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#path(name), 'utf8'));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || error instanceof SyntaxError) return undefined;
      throw this.#refused(error, 'read');
    }
  }

  /** Remembers, in place of what was there. @throws DeliveryRefused `disk` */
  write(name: string, value: unknown): void {
    const path = this.#path(name);
    // Two processes never write the same bytes into one file.
    const beside = `${path}.${process.pid}.new`;
    try {
      if (!this.#made) makeWithThoseAbove(this.#folder, 0o700);
      this.#made = true;
      // Where nothing is there, nothing can be lost: what a crash leaves half is read as nothing.
      const to = existsSync(path) ? beside : path;
      writeFileSync(to, JSON.stringify(value), { mode: 0o600 });
      if (to === beside) renameSync(beside, path);
    } catch (error) {
      // Where there is no such folder, there is nothing to take away.
      if (this.#made) rmSync(beside, { force: true });
      throw this.#refused(error, 'write');
    }
  }

  /** Forgets. */
  remove(name: string): void {
    rmSync(this.#path(name), { force: true });
  }

  /** Where another file of a piece of work lies, beside what is remembered of it. @param ending of its name, such as `.age` */
  fileOf(name: string, ending: string): string {
    return this.#path(name).replace(/\.json$/, ending);
  }

  /** Does away with what nobody has touched since a moment, in milliseconds since 1970. */
  tidy(since: number): void {
    if (!existsSync(this.#folder)) return;
    for (const each of readdirSync(this.#folder)) {
      const path = join(this.#folder, each);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat !== undefined && stat.mtimeMs < since) rmSync(path, { force: true });
    }
  }

  /** Does away with what a kill left half-made. Only for who has the folder to himself: to others’ work it does the same. */
  clearHalfMade(): void {
    if (!existsSync(this.#folder)) return;
    for (const each of readdirSync(this.#folder))
      if (each.endsWith('.new')) rmSync(join(this.#folder, each), { force: true });
  }

  /** Sees that the folder is there. @throws DeliveryRefused `disk` */
  make(): void {
    try {
      if (!this.#made) makeWithThoseAbove(this.#folder, 0o700);
      this.#made = true;
    } catch (error) {
      throw this.#refused(error, 'write');
    }
  }

  /** All that is remembered. */
  all(): unknown[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((each) => each.endsWith('.json'))
      .map((each) => {
        try {
          return JSON.parse(readFileSync(join(this.#folder, each), 'utf8')) as unknown;
        } catch {
          return undefined;
        }
      })
      .filter((each) => each !== undefined);
  }

  /** Names may hold anything, such as a key of S3, and may differ in case alone. */
  #path(name: string): string {
    return join(this.#folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`);
  }

  #refused(error: unknown, act: 'read' | 'write'): DeliveryRefused {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return new DeliveryRefused({ refused: 'disk', path: this.#folder, code, act }, { cause: error });
  }
}
