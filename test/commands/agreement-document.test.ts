/** That an agreement’s document is written, and compared with a revision of git or another folder, as it is typed. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import { MINIMAL } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];
const AGREEMENT = 'register/agreements/benefit-awards.yaml';

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.example', ...args]);
const loadedFrom = (folder: string) => {
  const loaded = loadRegister(readRegisterFolder(join(folder, 'register')), dateOf('2026-12-01'));
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  return loaded.register;
};
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

  it('writes what people are to be told, and refuses where there is nobody to tell', async () => {
    const folder = folderWithRegister(MINIMAL);
    const ask = () => run(['agreement', 'document', 'benefit-awards', '--privacy-notice', ...AS_OF], folder);
    const { code, out, err } = await ask();
    expect([code, out, err]).toEqual([
      EXIT.clean,
      'documents/benefit-awards-privacy-notice.html\ndocuments/benefit-awards-privacy-notice.odt\n',
      expect.stringContaining('Complete it before it is published'),
    ]);
    writeFileSync(
      join(folder, AGREEMENT),
      readFileSync(join(folder, AGREEMENT), 'utf8')
        .replace(/subjects:\n +- .*\n/, 'subjects: []\n')
        .replace(/regime: uk-gdpr\n +article6: public-task/, 'regime: not-personal-data'),
    );
    const refused = await ask();
    expect([refused.code, refused.err]).toEqual([
      EXIT.usage,
      expect.stringContaining(
        'benefit-awards has no privacy notice: what it shares concerns no living person',
      ),
    ]);
  });

  it('writes again what nobody has changed, and keeps what somebody filled in, with the way out', async () => {
    const folder = folderWithRegister(MINIMAL);
    const ask = () => run(['agreement', 'document', 'benefit-awards', ...AS_OF], folder);
    expect((await ask()).code).toBe(EXIT.clean);
    expect((await ask()).code).toBe(EXIT.clean);
    const odt = join(folder, 'documents/benefit-awards.odt');
    const html = readFileSync(join(folder, 'documents/benefit-awards.html'));
    writeFileSync(odt, 'filled in');
    changed(folder);
    const { code, out, err } = await ask();
    expect([code, out, err.replaceAll(/\s+/g, ' ').trim()]).toEqual([
      EXIT.usage,
      '',
      'error: documents/benefit-awards.odt is not as it was written, and what somebody put there would be lost: move it elsewhere, read it back first with npx concordat agreement import documents/benefit-awards.odt --dry-run, or name another folder with --output DIR See npx concordat agreement document --help',
    ]);
    expect(readFileSync(odt, 'utf8')).toBe('filled in');
    expect(readFileSync(join(folder, 'documents/benefit-awards.html'))).toEqual(html);
  });

  it('names the nearest agreement where there is none', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, err } = await run(['agreement', 'document', 'benefit-award', ...AS_OF], folder);
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('did you mean benefit-awards?')]);
  });
});

describe('processing-record', () => {
  const record = (organisation: string, folder: string) =>
    run(['processing-record', organisation, ...AS_OF], folder);

  it('writes the table alone to standard output, and says beside it what is left out and to be completed', async () => {
    const { code, out, err } = await record('leeds', folderWithRegister());
    expect([code, out.startsWith('\uFEFFAgreement,'), out.endsWith('\r\n')]).toEqual([
      EXIT.clean,
      true,
      true,
    ]);
    const said = err.replaceAll(/\s+/g, ' ');
    expect(said).toContain(
      'Left out, as what they share concerns no living person: air-quality-readings, benefit-rates and violence-hotspots.',
    );
    expect(said).toContain('Complete what begins with “Not known here”.');
    expect(said).toContain('Leeds City Council’s own record, and not for publication');
  });

  it('names the nearest organisation where there is none', async () => {
    const { code, out, err } = await record('leds', folderWithRegister(MINIMAL));
    expect([code, out, err]).toEqual([EXIT.usage, '', expect.stringContaining('did you mean leeds?')]);
  });
});

describe('agreement import', () => {
  const DOCUMENT = 'documents/benefit-awards.html';
  const documented = async () => {
    const folder = folderWithRegister(MINIMAL);
    await run(['agreement', 'document', 'benefit-awards', ...AS_OF], folder);
    return folder;
  };
  const edit = (folder: string, from: string, to: string) => {
    const page = readFileSync(join(folder, DOCUMENT), 'utf8');
    expect(page).toContain(from);
    writeFileSync(join(folder, DOCUMENT), page.replace(from, to));
  };
  const read = (folder: string, file: string, ...more: string[]) =>
    run(['agreement', 'import', file, ...AS_OF, ...more], folder);

  it('says of an agreement that is there where the document differs, in either form, and writes nothing', async () => {
    const folder = await documented();
    const before = readFileSync(join(folder, AGREEMENT), 'utf8');
    for (const form of ['html', 'odt']) {
      const { code, out } = await read(folder, `documents/benefit-awards.${form}`);
      expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('says what benefit-awards says')]);
    }
    edit(folder, '<dd>14 months</dd>', '<dd>2 years</dd>');
    edit(folder, '<dd>1 April 2026</dd>', '<dd>in spring</dd>');
    const { code, err } = await read(folder, DOCUMENT);
    expect(code).toBe(EXIT.findings);
    expect(err).toContain('First day: it is no day, such as 1 April 2027');
    expect(err).toContain(
      'How long a recipient keeps its copy: the register says “P14M”, the document “P2Y”',
    );
    expect(readFileSync(join(folder, AGREEMENT), 'utf8')).toBe(before);
  });

  it('writes the file of a new agreement, which says what the document says, signatures that it asks for included', async () => {
    const folder = folderWithRegister(MINIMAL);
    appendFileSync(join(folder, AGREEMENT), 'approvals: required\n');
    await run(['agreement', 'document', 'benefit-awards', ...AS_OF], folder);
    const options = ['--id', 'benefit-awards-again', '--starts', '2027-04-01', '--no-input'];
    const { code, err } = await read(folder, DOCUMENT, ...options);
    expect([code, err]).toEqual([
      EXIT.clean,
      expect.stringContaining('agreements/benefit-awards-again.yaml'),
    ]);
    const terms = (id: string) =>
      loadedFrom(folder).agreements.find((each) => each.id === id) as unknown as Record<string, unknown>;
    const { id: _, ...made } = terms('benefit-awards-again');
    const { id: __, ...asked } = terms('benefit-awards');
    expect(made).toEqual({ ...asked, starts: '2027-04-01' });
  });

  it('names what is missing where the document does not tell it, and writes nothing', async () => {
    const folder = await documented();
    edit(folder, '<dd>Public task</dd>', '<dd>Our duty</dd>');
    const { code, err } = await read(folder, DOCUMENT, '--id', 'another', '--no-input');
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('--article6 ')]);
    expect(existsSync(join(folder, 'register/agreements/another.yaml'))).toBe(false);
  });

  it('refuses what is no document of an agreement, with what to do', async () => {
    const folder = await documented();
    writeFileSync(join(folder, 'x.pdf'), '%PDF-1.7');
    const { code, err } = await read(folder, 'x.pdf');
    expect([code, err]).toEqual([
      EXIT.faultyInput,
      expect.stringContaining('x.pdf: it is neither a page nor'),
    ]);
    const none = await read(folder, 'y.odt');
    expect([none.code, none.err]).toEqual([EXIT.usage, expect.stringContaining('y.odt cannot be read')]);
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
