/** The files of an assembly’s folder. This is the one place that reads them, and it reads each once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { systemCode, systemWords } from '../words';
import { AssemblyError } from './errors';
import { REPORT_FILE, templateOfFile } from './layout';

/** What names the content of a file. */
export interface FileDigest {
  /** SHA-256, in hex. */
  readonly sha256: string;
  readonly bytes: number;
}

interface ReadFile extends FileDigest {
  readonly text: string;
}

/** Files that are read before they are written, by name, as text. */
export type StillToWrite = ReadonlyMap<string, string>;

/** A folder, read file by file as each is asked for. */
export class AssemblyFiles {
  readonly #texts = new Map<string, ReadFile | undefined>();
  readonly #digests = new Map<string, FileDigest>();

  /**
   * @param templates whether their texts are kept, with those of their lists of assets, or their digests alone: at 400 organisations
   * they are 44 MB. What is only ever parsed is let go of in any case
   */
  constructor(
    readonly folder: string,
    private readonly templates: 'kept' | 'let go' = 'kept',
  ) {}

  /**
   * The text of a file; undefined if there is none.
   * @throws AssemblyError if it is there and cannot be read, or was let go of and is another since, or gone
   */
  text(name: string): string | undefined {
    return this.#read(name)?.text;
  }

  /**
   * The digest of a file. Only what may be asked for as text is kept in memory.
   * @throws AssemblyError if it is not there, or cannot be read
   */
  digest(name: string): FileDigest {
    const known = this.#digests.get(name) ?? (isAskedAsText(name) ? this.#read(name) : undefined);
    if (known !== undefined) return { sha256: known.sha256, bytes: known.bytes };
    const content = this.#bytes(name);
    if (content === undefined)
      throw new AssemblyError(
        `there is no ${name} in ${this.folder}, though the assembly names it: synthesise it again`,
      );
    const digest = digestOf(content);
    this.#digests.set(name, digest);
    return digest;
  }

  /** The names of files in the folder itself, in no order. @throws AssemblyError if the folder cannot be listed */
  names(): readonly string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      throw unreadable(this.folder, error);
    }
  }

  /** Every file at or below a path; the path itself if it is no folder. @throws AssemblyError if it cannot be listed */
  below(path: string): readonly string[] {
    try {
      return readdirSync(join(this.folder, path), { withFileTypes: true }).flatMap((entry) => {
        const inner = posix.join(path, entry.name);
        return entry.isDirectory() || entry.isSymbolicLink() ? this.below(inner) : [inner];
      });
    } catch (error) {
      if (systemCode(error) === 'ENOTDIR' || systemCode(error) === 'ENOENT') return [path];
      throw error instanceof AssemblyError ? error : unreadable(join(this.folder, path), error);
    }
  }

  /**
   * These files once more of them are written: what was read stays as it is, and what was not there is looked for again.
   * @param folder in which they lie then
   */
  whenMoreIsWritten(folder = this.folder): AssemblyFiles {
    const later = new AssemblyFiles(folder, this.templates);
    for (const [name, found] of this.#texts) if (found !== undefined) later.#texts.set(name, found);
    for (const [name, digest] of this.#digests) later.#digests.set(name, digest);
    return later;
  }

  #read(name: string): ReadFile | undefined {
    if (this.#texts.has(name)) return this.#texts.get(name);
    const content = this.#bytes(name);
    const found = content && { text: content.toString('utf8'), ...digestOf(content) };
    const before = this.#digests.get(name);
    if (this.#isLetGo(name) && before !== undefined && before.sha256 !== found?.sha256)
      throw new AssemblyError(
        `${name} in ${this.folder} was ${found ? 'changed' : 'taken away'} while it was read: ask again once nothing writes there`,
      );
    if (found === undefined || !this.#isLetGo(name)) {
      this.#texts.set(name, found);
      return found;
    }
    const digest = { sha256: found.sha256, bytes: found.bytes };
    this.#digests.set(name, digest);
    return found;
  }

  #isLetGo(name: string): boolean {
    return isReadForParsing(name) || (this.templates === 'let go' && templateOfFile(name) !== undefined);
  }

  #bytes(name: string): Buffer | undefined {
    try {
      return readFileSync(join(this.folder, name));
    } catch (error) {
      const code = systemCode(error);
      // An asset may be a file where another is a folder.
      if (code === 'ENOENT' || (code === 'ENOTDIR' && name.includes('/'))) return undefined;
      throw unreadable(`${name} in ${this.folder}`, error);
    }
  }
}

/** Large files that nobody asks for as text: the validation report, and what the CDK says of constructs beside each template. */
function isReadForParsing(name: string): boolean {
  return name === REPORT_FILE || name.endsWith('.metadata.json');
}

/** Templates, lists and manifests, and the code of functions; other files are only named by their digests. */
function isAskedAsText(name: string): boolean {
  return name.endsWith('.json') || name.endsWith('.mjs');
}

/** What names a content. */
export function digestOf(content: Buffer): FileDigest {
  return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

const ANOTHER = 'name a cloud assembly, such as cdk.out after npx concordat synth';
const AGAIN = 'synthesise the assembly again';

/** What helps where a file cannot be read, by the code that Node gives it. */
const FIX: Readonly<Record<string, string>> = {
  EACCES: 'change its permissions',
  EPERM: 'change its permissions',
  EISDIR: AGAIN,
  ENOTDIR: ANOTHER,
  ENOENT: ANOTHER,
  EMFILE: 'close some, or raise the limit',
  ELOOP: AGAIN,
};

function unreadable(what: string, error: unknown): AssemblyError {
  const code = systemCode(error);
  const why = code === undefined ? String(error) : systemWords(code, 'read');
  return new AssemblyError(
    `${what} cannot be read (${why}): ${FIX[code ?? ''] ?? 'look at that file or disk'}`,
    {
      cause: error,
    },
  );
}
