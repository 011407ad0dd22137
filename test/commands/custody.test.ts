/** That the custody command says who holds which key, from the assembly alone, and fails loudly where it cannot. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { synthesised } from '../stacks/sample-assembly';
import { emptyFolder, run } from './captured-terminal';

let folder: string;
beforeAll(() => {
  folder = synthesised().folder;
});
const custody = (...words: string[]) => run(['custody', ...words, '--assembly', folder], emptyFolder());

it('gives every key of the sample, with nothing to look at twice, and without the register folder', async () => {
  const { code, out, err } = await custody();
  expect(code).toBe(EXIT.clean);
  expect(err).toBe('\n13 keys of shared data; nothing to look at twice.\n');
  expect(out.match(/^The key of /gm)).toHaveLength(13);
});

it.each([
  ['dwp', /made by AWS KMS/],
  ['leeds-hospitals', /expires at the end of 30 April 2027/],
  ['hmcts', /CloudHSM cluster, cluster-example2345/],
  ['west-yorks-police', /outside AWS, in the organisation’s own key manager/],
])('gives one key, and says where its material is: %s', async (organisation, expected) => {
  const { code, out } = await custody(organisation);
  expect(code).toBe(EXIT.clean);
  expect(out.replace(/\s+/g, ' ')).toMatch(expected);
  for (const heading of [
    'In short',
    'Who administers it',
    'Who can decrypt and encrypt',
    'Who could change any of this',
    'What happens at the end',
  ])
    expect(out).toMatch(new RegExp(`^${heading}$`, 'm'));
});

it('gives programs the same as JSON, and pages as Markdown', async () => {
  const { out } = await custody('leeds', '--json');
  const { form, asOf, keys } = JSON.parse(out) as {
    form: string;
    asOf: string;
    keys: { organisation: string }[];
  };
  expect([form, asOf, keys.map((each) => each.organisation)]).toEqual([
    'concordat-custody/v1',
    '2026-12-01',
    ['leeds'],
  ]);
  expect((await custody('leeds', '--format', 'md')).out).toMatch(
    /^# The key of Leeds City Council \(leeds\)\n/,
  );
});

it('ends with exit code 1, and says what, where something is to be looked at twice', async () => {
  const other = synthesised({ own: true }).folder;
  rmSync(join(other, 'key-policy-hmcts.json'));
  const { code, out, err } = await run(['custody', 'hmcts', '--assembly', other], emptyFolder());
  expect(code).toBe(EXIT.findings);
  expect(out).toContain('key-policy-hmcts.json');
  expect(err).toMatch(/; \d+ things to look at twice\.\n$/);
});

it('prints the commands that import material', async () => {
  const { code, out } = await custody('import', 'leeds-hospitals');
  expect(code).toBe(EXIT.clean);
  expect(out).toContain('aws kms import-key-material --key-id "$KEY"');
});

it.each<[string[], RegExp]>([
  [['leedz'], /this assembly has no key of 'leedz': did you mean leeds\?/],
  [['leeds', 'dwp'], /custody takes no 'dwp' after 'leeds'/],
  [['import'], /custody import needs ORGANISATION: the organisation that imports/],
  [['import', 'leeds'], /takes no imported material/],
  [['import', 'leeds-hospitals', '--json'], /custody import has no option --json/],
  [['--format', 'pdf'], /there is no format 'pdf': choose one of text, md, json/],
])('meets wrong usage with a sentence: %j', async (words, expected) => {
  const { code, out, err } = await custody(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(expected);
});

it('says what to do where there is no assembly, or a faulty one', async () => {
  const nowhere = emptyFolder();
  const { code, err } = await run(['custody'], nowhere);
  expect(code).toBe(EXIT.faultyInput);
  expect(err).toMatch(/^error: there is no manifest\.json in .*: name a cloud assembly/);
  writeFileSync(join(nowhere, 'manifest.json'), '{');
  expect((await run(['custody', '--assembly', '.'], nowhere)).code).toBe(EXIT.faultyInput);
});
