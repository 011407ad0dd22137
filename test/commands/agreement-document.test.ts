/** That an agreement’s document is written, and compared with a revision of git or another folder, as it is typed. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { MINIMAL } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];
const AGREEMENT = 'register/agreements/benefit-awards.yaml';

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.example', ...args]);
const changed = (folder: string) =>
  writeFileSync(
    join(folder, AGREEMENT),
    readFileSync(join(folder, AGREEMENT), 'utf8').replace(/^title: .*$/m, 'title: Awards of benefit'),
  );

describe('agreement document', () => {
  it('writes both files, and says the digest that is signed', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out, err } = await run(['agreement', 'document', 'benefit-awards', ...AS_OF], folder);
    expect(code).toBe(EXIT.clean);
    expect(out).toBe('documents/benefit-awards.html\ndocuments/benefit-awards.odt\n');
    const [, digest] = /The digest that is signed: ([0-9a-f]{64})\n/.exec(err) ?? [];
    expect(readFileSync(join(folder, 'documents/benefit-awards.html'), 'utf8')).toContain(digest);
    expect(existsSync(join(folder, 'documents/benefit-awards.odt'))).toBe(true);
  });

  it('names the nearest agreement where there is none', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, err } = await run(['agreement', 'document', 'benefit-award', ...AS_OF], folder);
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('did you mean benefit-awards?')]);
  });
});

describe('agreement compare', () => {
  const compare = (folder: string, earlier: string, ...more: string[]) =>
    run(['agreement', 'compare', 'benefit-awards', '--with', earlier, ...AS_OF, ...more], folder);

  it('with a revision says what is not as it was there', async () => {
    const folder = folderWithRegister(MINIMAL);
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'As signed');
    expect((await compare(folder, 'HEAD')).code).toBe(EXIT.clean);
    changed(folder);
    const { code, out } = await compare(folder, 'HEAD', '--json');
    expect(code).toBe(EXIT.findings);
    expect(JSON.parse(out)).toMatchObject({ terms: [{ term: 'title', after: 'Awards of benefit' }] });
    const unknown = await compare(folder, 'no-such-tag');
    expect([unknown.code, unknown.err]).toEqual([
      EXIT.usage,
      expect.stringContaining("there is no folder and no git revision 'no-such-tag'"),
    ]);
  });

  it('with a folder says the same, and where there is no repository, so', async () => {
    const folder = folderWithRegister(MINIMAL);
    cpSync(join(folder, 'register'), join(folder, 'signed'), { recursive: true });
    changed(folder);
    expect((await compare(folder, 'signed')).out).toContain('Awards of benefit');
    const none = await compare(folder, 'HEAD');
    expect([none.code, none.err]).toEqual([EXIT.usage, expect.stringContaining('lies in no git repository')]);
  });
});
