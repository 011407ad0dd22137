/**
 * That what a command writes is as it was or as it is meant, wherever its writing is cut off: the disk fails at each step in turn,
 * once alone and once with all that follow, as where the process is killed or the terminal is lost.
 */
import { createHash } from 'node:crypto';
import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeReceipt } from '../../lib/client';
import { StateFolder } from '../../lib/client/state-folder';
import { makeFolder, settleFolder, writeNewFile, writeWhole } from '../../lib/disk';
import { writePack } from '../../lib/evidence';
import { readRegisterFolder } from '../../lib/register';
import { run } from '../commands/captured-terminal';
import { MINIMAL } from '../register/samples';

/** What changes a disk. */
const STEPS = [
  'writeFileSync',
  'renameSync',
  'mkdirSync',
  'rmSync',
  'linkSync',
  'openSync',
  'mkdtempSync',
] as const;

/** A full disk lets be what makes room; after a kill nothing is done any more. */
type Fault = 'full' | 'killed';

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});
afterEach(() => jest.restoreAllMocks());

class CutOff extends Error {
  readonly code = 'ENOSPC';
  readonly syscall = 'write';
  readonly path = 'the disk';
}

/** Has the nth step on the disk fail. Of a file that is written, half is there then. */
function failAt(nth: number, fault: Fault): { readonly steps: () => number } {
  let steps = 0;
  for (const name of STEPS) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation(((...given: unknown[]) => {
      const frees = name === 'rmSync' || name === 'renameSync';
      if (fault === 'full' && frees && steps >= nth) return real(...given);
      steps++;
      if (fault === 'killed' ? steps < nth : steps !== nth) return real(...given);
      if (name === 'writeFileSync' && steps === nth) {
        const [file, content] = given as [string, string | Uint8Array];
        real(file, content.slice(0, content.length / 2), given[2]);
      }
      throw new CutOff('ENOSPC: no space left on device');
    }) as never);
  }
  return { steps: () => steps };
}

/** What people and programs see in a folder: files whose names do not begin with a dot. */
function seen(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
      .filter((path) => !/(?:^|\/)\./.test(path) && fs.statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}

interface Writing {
  /** Lays down what is there before. */
  readonly before: (at: string) => void;
  readonly write: (at: string) => unknown;
  /** What is there, as whoever reads it next finds it: parts, of which each is as it was or as it is meant. */
  readonly read: (at: string) => readonly unknown[];
}

const register = (at: string) => {
  for (const { path, bytes } of MINIMAL) {
    mkdirSync(dirname(join(at, 'register', path)), { recursive: true });
    writeFileSync(join(at, 'register', path), bytes);
  }
};

const command = (...words: readonly string[]): Writing => ({
  before: register,
  write: (at) => run([...words, '--as-of', '2026-10-01'], at),
  read: (at) => [
    readRegisterFolder(join(at, 'register')).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  ],
});

const file = (name: string, write: (path: string) => void): Writing => ({
  before: (at) => writeFileSync(join(at, name), 'old'),
  write: (at) => write(join(at, name)),
  read: (at) => [seen(at)],
});

const folder = (write: (path: string) => void): Writing => ({
  before: (at) => {
    mkdirSync(join(at, 'made'));
    const files = ['evidence.json', 'old.txt'];
    for (const each of files) writeFileSync(join(at, 'made', each), 'old');
    const digest = createHash('sha256').update('old').digest('hex');
    writeFileSync(join(at, 'made/SHA256SUMS'), files.map((each) => `${digest}  ${each}\n`).join(''));
  },
  write: (at) => write(join(at, 'made')),
  read: (at) => {
    settleFolder(join(at, 'made'));
    return [seen(at)];
  },
});

/** What each way of writing is taken by. */
const WRITINGS: Readonly<Record<string, Writing>> = {
  'a file: profile, plan --out, receipts, what live tests came to, what a witness saw last': file(
    'file',
    (path) => writeWhole(path, 'new and longer than the old'),
  ),
  'a file where there is none: identity new': {
    before: () => undefined,
    write: (at) => writeNewFile(join(at, 'key'), 'a secret key', 0o600),
    read: (at) => [seen(at)],
  },
  'what is remembered on this computer: signin': {
    before: (at) => new StateFolder(at, 'sessions').write('leeds', { token: 'old' }),
    write: (at) => new StateFolder(at, 'sessions').write('leeds', { token: 'new and longer than the old' }),
    read: (at) => [new StateFolder(at, 'sessions').read('leeds')],
  },
  'a folder: synth and schema': folder((path) =>
    makeFolder(path, (fresh) => {
      for (const each of ['manifest.json', 'a.template.json', 'b.template.json'])
        writeFileSync(join(fresh, each), 'new');
    }),
  ),
  'an evidence pack': folder((path) =>
    writePack(path, (put) => {
      put('evidence.json', ['new']);
      put('index.html', ['new', ' page']);
    }),
  ),
  'a receipt': {
    before: () => undefined,
    write: (at) =>
      writeReceipt(
        at,
        'r',
        new Map([
          ['checkpoint', Buffer.from('c')],
          ['entries/1', Buffer.from('e')],
        ]),
        'page',
      ),
    // The proof may be there before its page: the next receipt of the transfer adds it.
    read: (at) => [seen(join(at, 'r')), seen(at)['r.html']],
  },
  profile: {
    ...command(),
    write: (at) => run(['profile', 'leeds', '--as-of', '2026-10-01'], at),
    read: (at) => [seen(at)],
  },
  suspend: command('suspend', 'benefit-awards'),
  'agreement end': command('agreement', 'end', 'benefit-awards', '--on', '2027-03-31'),
  pause: command('pause', 'leeds', '--from', '2026-11-01', '--reason', 'A move of systems'),
  leave: command('leave', 'routing', '--on', '2027-03-31'),
};
const NAMES = Object.keys(WRITINGS);

function prepared({ before }: Writing): string {
  const at = mkdtempSync(join(tmpdir(), 'concordat-whole-'));
  folders.push(at);
  before(at);
  return at;
}

test.each(NAMES)('%s is there as it was or as it is meant, wherever its writing is cut off', async (name) => {
  const writing = WRITINGS[name] as Writing;
  const at = prepared(writing);
  const old = writing.read(at);
  const counted = failAt(Number.POSITIVE_INFINITY, 'killed');
  await writing.write(at);
  jest.restoreAllMocks();
  const steps = counted.steps();
  const meant = writing.read(at);
  expect(meant).not.toEqual(old);
  for (let step = 1; step <= steps; step++) {
    for (const fault of ['full', 'killed'] as const) {
      const here = prepared(writing);
      failAt(step, fault);
      try {
        await writing.write(here);
      } catch (error) {
        if (!/ENOSPC/.test(`${error} ${(error as Error).cause}`)) throw error;
      } finally {
        jest.restoreAllMocks();
      }
      const found = writing.read(here);
      for (const [index, part] of found.entries())
        expect([step, fault, [old[index], meant[index]]]).toEqual([
          step,
          fault,
          expect.arrayContaining([part]),
        ]);
      // And whoever is cut off does it again.
      if (JSON.stringify(found) !== JSON.stringify(meant)) await writing.write(here);
      expect([step, fault, writing.read(here)]).toEqual([step, fault, meant]);
    }
  }
});

it('writes a new file whole where the disk has no hard links, and nothing over one that is there', () => {
  const at = mkdtempSync(join(tmpdir(), 'concordat-links-'));
  folders.push(at);
  jest.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  });
  writeNewFile(join(at, 'key'), 'a secret key', 0o600);
  expect(seen(at)).toEqual({ key: 'a secret key' });
  expect(() => writeNewFile(join(at, 'key'), 'another', 0o600)).toThrow(
    expect.objectContaining({ code: 'EEXIST' }),
  );
  expect(readdirSync(at)).toEqual(['key']);
  expect(seen(at)).toEqual({ key: 'a secret key' });
});

it('does not begin to make what it could not put in its place: a folder at which another disk is mounted', () => {
  const make = jest.fn();
  // What the kernel shows of devices is a disk of its own wherever this runs.
  const disk = ['/proc', '/dev'].find((each) => existsSync(each));
  if (disk === undefined) return;
  expect(() => makeFolder(disk, make)).toThrow(
    expect.objectContaining({
      code: 'EBUSY',
      message: `${disk} is a disk of its own: name a folder below it`,
    }),
  );
  expect(make).not.toHaveBeenCalled();
});

it.each([process.cwd(), dirname(process.cwd())])(
  '%s, where the process is or above it, is not replaced',
  (folder) => {
    const make = jest.fn(() => {
      throw new Error('made');
    });
    expect(() => makeFolder(folder, make)).toThrow(expect.objectContaining({ code: 'EBUSY' }));
    expect(make).not.toHaveBeenCalled();
  },
);

it('does not replace one above the process where a link leads to it', () => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-link-')));
  const link = join(place, 'link');
  symlinkSync(dirname(process.cwd()), link);
  const make = jest.fn(() => {
    throw new Error('made');
  });
  try {
    const folder = join(link, basename(process.cwd()));
    expect(() => makeFolder(folder, make)).toThrow(expect.objectContaining({ code: 'EBUSY' }));
    expect(make).not.toHaveBeenCalled();
    // The link itself may be replaced: what it leads to stays as it is.
    expect(() => makeFolder(link, make)).toThrow('made');
  } finally {
    rmSync(place, { recursive: true });
  }
});
