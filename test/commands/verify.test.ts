/** That `verify` and `ledger` do what they say, with the exit codes that every command has. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { throwawayKey } from '../../lib/ledger/bundle';
import { SAMPLE_LOG } from '../../lib/transfers/sample-trail';
import { folderWithRegister, run } from './captured-terminal';

const folder = folderWithRegister();
const pem = (key: Parameters<typeof createPublicKey>[0]) =>
  String(createPublicKey(key as never).export({ format: 'pem', type: 'spki' }));

beforeAll(async () => {
  expect((await run(['ledger', 'sample', 'sample'], folder)).code).toBe(EXIT.clean);
  writeFileSync(join(folder, 'log.pem'), pem(throwawayKey(`${SAMPLE_LOG.word}: log`) as never));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, 'witness.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
  writeFileSync(join(folder, 'other.pem'), pem(privateKey as never));
});

/** The sample with one change. */
function changedSample(change: (bundle: string) => void): string {
  const bundle = join(folder, 'changed');
  rmSync(bundle, { recursive: true, force: true });
  cpSync(join(folder, 'sample'), bundle, { recursive: true });
  change(bundle);
  return 'changed';
}

function withoutIndex(bundle: string): void {
  rmSync(join(bundle, 'index'), { recursive: true });
}

describe('ledger sample', () => {
  it('writes the same each time, of the register’s organisations', async () => {
    await run(['ledger', 'sample', 'again'], folder);
    const files = readdirSync(join(folder, 'sample'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const { parentPath, name } of files)
      expect(
        readFileSync(join(parentPath.replace('sample', 'again'), name)).equals(
          readFileSync(join(parentPath, name)),
        ),
      ).toBe(true);
    // Leeds’s account, in the sample register.
    expect(existsSync(join(folder, 'sample/receipts/100000000022'))).toBe(true);
  });

  it('writes over nothing, and needs a register that is sound', async () => {
    const full = await run(['ledger', 'sample', 'register'], folder);
    expect([full.code, full.err]).toEqual([EXIT.usage, expect.stringContaining('is not empty')]);
    const none = await run(['ledger', 'sample', 'new', '--register', 'nowhere'], folder);
    expect([none.code, existsSync(join(folder, 'new'))]).toEqual([EXIT.faultyInput, false]);
  });
});

describe('verify --archive', () => {
  const day = 'day';
  const archive = 'archive';
  const files = () =>
    readdirSync(join(folder, archive), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));

  beforeAll(async () => {
    expect((await run(['ledger', 'sample', day, '--archive', archive], folder)).code).toBe(EXIT.clean);
  });

  it('finds nothing in the sample, and says what it compared', async () => {
    const { code, out } = await run(['verify', day, '--archive', archive], folder);
    expect(code).toBe(EXIT.clean);
    expect(out).toContain('that 299 entries follow from their events in the log archive');
    expect(out).toContain('1 entry that comes from no log file');
    expect(out).toContain(`that no event of ${files().length} log files lacks the entry that it should have`);
  });

  it('says which index it lacks', async () => {
    const { code, out } = await run(['verify', changedSample(withoutIndex), '--archive', archive], folder);
    expect(code).toBe(EXIT.clean);
    expect(out).toContain(
      'that 299 entries agree with their events in time, call, error, account and session',
    );
    expect(out).toMatch(/copy index\/ of the ledger’s bucket, which lacks [0-9a-f]{64}\.json/);
  });

  it('names the place of what is wrong', async () => {
    const [first = ''] = files();
    const kept = readFileSync(first);
    rmSync(first);
    const { code, out, err } = await run(['verify', day, '--archive', archive], folder);
    writeFileSync(first, kept);
    expect(code).toBe(EXIT.findings);
    const name = first.slice(first.indexOf('o-sample/') + 'o-sample/'.length);
    expect(out).toMatch(
      new RegExp(`archive: ${name}: entry \\d+ was made from this file, and the archive does not have it`),
    );
    expect(err).toContain('do not rely on this copy');
  });

  it('passes over what file managers have left in the archive', async () => {
    const [first = ''] = files();
    for (const name of ['.DS_Store', `._${first.slice(first.lastIndexOf('/') + 1)}`])
      writeFileSync(join(dirname(first), name), 'x');
    expect((await run(['verify', day, '--archive', archive], folder)).code).toBe(EXIT.clean);
    for (const name of ['.DS_Store', `._${first.slice(first.lastIndexOf('/') + 1)}`])
      rmSync(join(dirname(first), name));
  });

  it('needs a folder, and the whole ledger', async () => {
    const none = await run(['verify', day, '--archive', 'nowhere'], folder);
    expect([none.code, none.err]).toEqual([
      EXIT.faultyInput,
      expect.stringContaining('there is no folder nowhere'),
    ]);
    const part = await run(['verify', day, '--archive', archive, '--receipts-only'], folder);
    expect([part.code, part.err]).toEqual([EXIT.usage, expect.stringContaining('leave out --receipts-only')]);
  });
});

describe('verify', () => {
  it('finds nothing in the sample, and says that a key in the bundle proves nothing', async () => {
    const { code, out, err } = await run(['verify', 'sample'], folder);
    expect(code).toBe(EXIT.clean);
    expect(out).toContain('a key in the bundle proves nothing by itself');
    expect(out).toContain('ask the witnesses (sample.concordat.example/witness)');
    expect(err).toContain('--key settles that');
  });

  it('with the log’s key no longer says so', async () => {
    const { code, out, err } = await run(
      ['verify', 'sample', '--key', 'log.pem', '--known', 'sample/checkpoints/0000000000000070'],
      folder,
    );
    expect([code, out]).toEqual([EXIT.clean, expect.not.stringContaining('proves nothing by itself')]);
    expect(err).toContain('under the key that you gave');
  });

  it('with another key exits 1 and names the checkpoints', async () => {
    const { code, out } = await run(['verify', 'sample', '--key', 'other.pem'], folder);
    expect([code, out]).toEqual([
      EXIT.findings,
      expect.stringContaining('signature: checkpoint: it has no good signature'),
    ]);
  });

  it('names the entry, the file and the fault, in words and as JSON', async () => {
    const bundle = changedSample((path) => appendFileSync(join(path, 'tile/0/000'), 'x'));
    const { code, out, err } = await run(['verify', bundle], folder);
    expect([code, err]).toEqual([
      EXIT.findings,
      expect.stringContaining('1 finding: do not rely on this copy.'),
    ]);
    expect(out).toContain('tile: tile/0/000: it does not hold the hashes of the entries');
    const json = await run(['verify', bundle, '--json'], folder);
    expect(JSON.parse(json.out)).toMatchObject({
      head: { size: 300 },
      findings: [{ kind: 'tile', path: 'tile/0/000' }],
    });
  });

  it('takes receipts by themselves where that is asked for', async () => {
    const bundle = changedSample((path) => {
      for (const part of ['tile', 'checkpoint', 'register']) rmSync(join(path, part), { recursive: true });
    });
    expect((await run(['verify', bundle], folder)).code).toBe(EXIT.findings);
    const { code, out } = await run(['verify', bundle, '--receipts-only', '--key', 'log.pem'], folder);
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringContaining('the ledger itself: only receipts were looked at'),
    ]);
  });

  it.each<[string, string[], string]>([
    [
      'no folder',
      ['verify', 'nowhere'],
      'there is no folder nowhere: name the folder of a copy of the ledger',
    ],
    ['a file', ['verify', 'sample/checkpoint'], 'there is no folder sample/checkpoint: name the folder'],
    [
      'a key that is a folder',
      ['verify', 'sample', '--key', 'sample'],
      'sample cannot be read (what should be a file is a folder): name a file',
    ],
    ['a folder that is no bundle', ['verify', 'register'], 'holds no checkpoint that can be read'],
    ['a key that is missing', ['verify', 'sample', '--key', 'nowhere.pem'], 'there is no file nowhere.pem'],
    ['a key that is none', ['verify', 'sample', '--key', 'sample/checkpoint'], 'is no vkey'],
  ])('exits 3 for %s', async (_what, words, message) => {
    const { code, out, err } = await run(words, folder);
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('exits 0 where only file managers have left something, and lists it; 1 where there is damage beside', async () => {
    const leave = (path: string) => {
      for (const each of ['', 'tile/0', 'receipts/100000000022'])
        writeFileSync(join(path, each, '.DS_Store'), 'x');
      writeFileSync(join(path, 'checkpoints/._0000000000000070'), 'x');
    };
    const { code, out } = await run(['verify', changedSample(leave)], folder);
    expect(code).toBe(EXIT.clean);
    expect(out).toMatch(/Left by a file manager .*\n {2}- \.DS_Store\n/);
    const damaged = changedSample((path) => {
      leave(path);
      appendFileSync(join(path, 'tile/0/000'), 'x');
    });
    const beside = await run(['verify', damaged], folder);
    expect([beside.code, beside.err]).toEqual([
      EXIT.findings,
      expect.stringContaining('1 finding: do not rely'),
    ]);
  });

  it('names changed line ends as the cause, and says what to do', async () => {
    const bundle = changedSample((path) => {
      const file = join(path, 'checkpoint');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    });
    const { code, out, err } = await run(['verify', bundle, '--key', 'log.pem'], folder);
    expect(code).toBe(EXIT.findings);
    expect(out).toMatch(/line-ends: checkpoint: its line ends were changed/);
    expect(err).toContain('line ends were changed, and nothing else is wrong. Copy those files again');
  });

  it('takes a key with any line ends, and names a file that it can’t take', async () => {
    const key = readFileSync(join(folder, 'log.pem'), 'utf8');
    for (const end of ['\r\n', '\r']) {
      writeFileSync(join(folder, 'ends.pem'), key.replaceAll('\n', end));
      expect((await run(['verify', 'sample', '--key', 'ends.pem'], folder)).code).toBe(EXIT.clean);
    }
    writeFileSync(join(folder, 'empty'), '');
    const known = await run(['verify', 'sample', '--known', 'empty'], folder);
    expect([known.code, known.err]).toEqual([
      EXIT.faultyInput,
      'error: empty is no checkpoint: it is empty: give a checkpoint that you kept, or leave out --known\n',
    ]);
    expect((await run(['verify', 'sample', '--key', 'empty'], folder)).err).toContain(
      'empty: there is no key in it',
    );
  });

  it('needs the name of a bundle', async () => {
    expect((await run(['verify'], folder)).code).toBe(EXIT.usage);
  });
});

describe('ledger cosign', () => {
  const cosign = (bundle: string, seen = 'seen') =>
    run(
      [
        'ledger',
        'cosign',
        bundle,
        '--key',
        'log.pem',
        '--private-key',
        'witness.pem',
        '--name',
        'leeds.example/w',
        '--seen',
        seen,
      ],
      folder,
    );

  it('cosigns what continues the last checkpoint seen, and refuses what does not', async () => {
    const old = changedSample((path) =>
      cpSync(join(path, 'checkpoints/0000000000000070'), join(path, 'checkpoint')),
    );
    expect((await cosign(old)).code).toBe(EXIT.clean);
    const { code, out } = await cosign('sample');
    expect([code, out]).toEqual([EXIT.clean, expect.stringMatching(/\n300\n[\s\S]*\n— leeds\.example\/w /)]);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(out);
    const back = await cosign(
      changedSample((path) => cpSync(join(path, 'checkpoints/0000000000000070'), join(path, 'checkpoint'))),
    );
    expect([back.code, back.out, back.err]).toEqual([
      EXIT.findings,
      '',
      expect.stringContaining('refused: the checkpoint is of the size 70'),
    ]);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(out);
  });

  it('refuses what it can’t prove from the tiles that are there', async () => {
    await cosign(
      changedSample((path) => cpSync(join(path, 'checkpoints/0000000000000070'), join(path, 'checkpoint'))),
      'seen-2',
    );
    const wrong = changedSample((path) => writeFileSync(join(path, 'tile/0/000'), Buffer.alloc(8192)));
    expect((await cosign(wrong, 'seen-2')).err).toContain('does not continue');
  });

  it('names the file of what it saw last where that can’t be read, and what to do', async () => {
    expect((await cosign('sample', 'seen-3')).code).toBe(EXIT.clean);
    const seen = readFileSync(join(folder, 'seen-3'), 'utf8');
    for (const [text, why] of [
      [
        seen.replaceAll('\n', '\r\n'),
        'its line ends were changed (there is CR where LF alone was written): write it',
      ],
      ['', 'it is empty: put back what leeds.example/w cosigned last'],
    ] as const) {
      writeFileSync(join(folder, 'seen-3'), text);
      const { code, out, err } = await cosign('sample', 'seen-3');
      expect([code, out, err]).toEqual([
        EXIT.faultyInput,
        '',
        expect.stringContaining(`error: seen-3 is no checkpoint: ${why}`),
      ]);
      expect(readFileSync(join(folder, 'seen-3'), 'utf8')).toBe(text);
    }
  });

  it('takes keys with any line ends', async () => {
    const files = ['log.pem', 'witness.pem'].map((name) => join(folder, name));
    const kept = files.map((file) => readFileSync(file, 'utf8'));
    for (const end of ['\r\n', '\r']) {
      for (const [at, file] of files.entries()) writeFileSync(file, kept[at]?.replaceAll('\n', end) ?? '');
      expect((await cosign('sample')).code).toBe(EXIT.clean);
    }
    for (const [at, file] of files.entries()) writeFileSync(file, kept[at] ?? '');
  });

  it('says what it needs', async () => {
    const { code, err } = await run(['ledger', 'cosign', 'sample'], folder);
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('ledger cosign needs --key')]);
    expect((await run(['ledger', 'bless', 'sample'], folder)).err).toContain("no action 'bless'");
  });
});
