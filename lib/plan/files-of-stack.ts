/** Whether the files that a stack deploys, such as its list of grants, give less than before. */
import { posix } from 'node:path';
import { type Assembly, type AssemblyStack, assetsOf, isGroup } from '../assembly';

/** SHA-256 in hex. */
const DIGEST = /^[0-9a-f]{64}$/;

/** The files of a stack, as they were and as they are, by the digests that its template calls them by. */
export class FilesOfStack {
  readonly #old: ReadonlyMap<string, string>;
  readonly #now: ReadonlyMap<string, string>;
  #known: boolean | undefined;

  constructor(
    private readonly was: readonly [Assembly, AssemblyStack],
    private readonly is: readonly [Assembly, AssemblyStack],
  ) {
    this.#old = byDigest(...was);
    this.#now = byDigest(...is);
  }

  /**
   * Whether what a digest stands for says no more than what another stood for. Digests that name no file of the stack are made
   * of what its files hold: they say no more where no file does.
   */
  sayLess(was: string, is: string): boolean {
    const [old, now] = [this.#old.get(stem(was)), this.#now.get(stem(is))];
    if (old !== undefined && now !== undefined) return this.#isLess(old, now);
    if (old !== undefined || now !== undefined) return false;
    this.#known ??= [...this.#now].every(
      ([digest, path]) =>
        this.#old.has(digest) || [...this.#old.values()].some((each) => this.#isLess(each, path)),
    );
    return this.#known;
  }

  #isLess(old: string, now: string): boolean {
    const [was, is] = [this.was[0], this.is[0]];
    const [named, names] = [was.filesBelow(old), is.filesBelow(now)];
    return names.every((file) => {
      const before = named.find((each) => posix.relative(old, each) === posix.relative(now, file));
      if (before === undefined) return false;
      if (was.digest(before).sha256 === is.digest(file).sha256) return true;
      return file.endsWith('.json') && isLessList(jsonOf(was.file(before)), jsonOf(is.file(file)), '');
    });
  }
}

/** The paths of a stack’s files, without its template. */
function byDigest(assembly: Assembly, stack: AssemblyStack): Map<string, string> {
  return new Map(
    [...assetsOf(assembly, stack)].flatMap(([key, path]) =>
      path === stack.file ? [] : [[stem(key), path] as const],
    ),
  );
}

function stem(name: string): string {
  return name.replace(/\..*$/, '');
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Whether a list of grants, of agreements or of shares gives no more: fewer of them, each from no earlier until no later. */
function isLessList(was: unknown, is: unknown, name: string): boolean {
  if (was === undefined || is === undefined) return false;
  if (same(was, is)) return true;
  if (Array.isArray(was) && Array.isArray(is))
    return is.every((each) => was.some((one) => isLessList(one, each, '')));
  if (typeof was === 'string' && typeof is === 'string') {
    if (name === 'from') return was <= is;
    if (name === 'until') return is <= was;
    // The register that a list was made from.
    return name === 'register' && DIGEST.test(was) && DIGEST.test(is);
  }
  if (!isGroup(was) || !isGroup(is)) return false;
  const names = Object.keys(was);
  return (
    names.length === Object.keys(is).length && names.every((each) => isLessList(was[each], is[each], each))
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
