/** `concordat evidence`, run as it is typed. */
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { AS_OF, generateRegister } from '../bench/generate-register';
import { CLEAN_REPORT, sampleEvidence } from '../evidence/sample-evidence';
import { MINIMAL } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { emptyFolder, run } from './captured-terminal';

let assembly: string;
/** Of the minimal register, which is proven sooner. */
let small: string;
beforeAll(() => {
  assembly = sampleEvidence().folder;
  small = emptyFolder();
  cpSync(synthesised({ files: MINIMAL }).folder, small, { recursive: true });
  writeFileSync(join(small, 'validation-report.json'), JSON.stringify(CLEAN_REPORT));
});

/** A copy of the small assembly with one file changed. */
function spoilt(file: string, change: (text: string) => string): string {
  const copy = emptyFolder();
  cpSync(small, copy, { recursive: true });
  const text = change(readFileSync(join(copy, file), 'utf8'));
  writeFileSync(join(copy, file), text);
  return copy;
}

const AT = (folder: string) => ['evidence', '--assembly', folder];

test('makes the pack with its proof, says what it comes to and where it is, and replaces an earlier one as a whole', async () => {
  const folder = emptyFolder();
  const { code, out, err } = await run(AT(small), folder);
  expect(err).toBe('');
  expect(out).toMatch(
    /^115 goals: \d+ shown, \d+ partly, \d+ not by templates, 0 failed\n[\d,]+ of [\d,]+ judgements pass.*\naccess proven\nThe pack is in evidence\//,
  );
  expect(out).toContain(`or check it: node evidence/verify.mjs ${small}\n`);
  expect(code).toBe(EXIT.clean);
  const pack = join(folder, 'evidence');
  expect(readdirSync(pack)).toEqual(
    expect.arrayContaining(['index.html', 'evidence.json', 'oscal', 'govassure', 'verify.mjs']),
  );
  writeFileSync(join(pack, 'stale.html'), 'of an earlier pack');
  const digest = createHash('sha256').update('of an earlier pack').digest('hex');
  appendFileSync(join(pack, 'SHA256SUMS'), `${digest}  stale.html\n`);
  expect((await run([...AT(small), '--no-proof', '--json'], folder)).code).toBe(EXIT.clean);
  expect(existsSync(join(pack, 'stale.html'))).toBe(false);
  expect(readFileSync(join(pack, 'index.html'), 'utf8')).toContain('Not run: it was left out by --no-proof');
  expect(readdirSync(folder)).toEqual(['evidence']);
});

test('ends with 1 where a template shows less than it should, and names the place', async () => {
  const copy = spoilt('Organisation-dwp.template.json', (text) =>
    text.replace('"KeySpec": "SYMMETRIC_DEFAULT"', '"KeySpec": "RSA_2048"'),
  );
  const { code, err } = await run([...AT(copy), '--no-proof'], emptyFolder());
  expect(err).toMatch(/^to fix: KMS-SPEC: .*Organisation-dwp\.template\.json \/Resources\//m);
  expect(code).toBe(EXIT.findings);
});

test('ends with 1 where an access point is there that no agreement asks for', async () => {
  const copy = spoilt('Organisation-dwp.template.json', (text) =>
    text.replace(/("Name": ")[0-9a-f]{12}--leeds"/, '$1000000000000--leeds"'),
  );
  const { code, err } = await run([...AT(copy), '--no-proof'], emptyFolder());
  expect(err).toMatch(
    /the share of benefit-awards with leeds is in force, and templates make something else/,
  );
  expect(code).toBe(EXIT.findings);
});

test('makes the extract for one organisation in a folder of its own', async () => {
  const folder = emptyFolder();
  const { code, out } = await run([...AT(assembly), '--organisation', 'leeds'], folder);
  expect([code, out]).toEqual([
    EXIT.clean,
    expect.stringMatching(
      /^leeds: 1 share to others, \d+ from others, with \d+ organisations; nobody else is named\./,
    ),
  ]);
  expect(readdirSync(join(folder, 'evidence-leeds')).sort()).toEqual([
    'SHA256SUMS',
    'extract.json',
    'index.html',
  ]);
});

test.each<[string, (folder: string) => string[], RegExp, number]>([
  [
    'an organisation that is not there',
    () => [...AT(assembly), '--organisation', 'leds'],
    /no organisation 'leds': did you mean leeds\?/,
    EXIT.usage,
  ],
  [
    'a folder that holds something else',
    () => [...AT(assembly), '--output', '.'],
    /holds something that is no evidence pack: empty it, or name another folder with --output DIR/,
    EXIT.usage,
  ],
  [
    'a folder that is no assembly',
    (folder) => AT(folder),
    /there is no manifest\.json in /,
    EXIT.faultyInput,
  ],
])('refuses %s, and writes nothing', async (_what, words, expected, expectedCode) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'thesis.txt'), 'ten years of work');
  const { code, err } = await run(words(folder), folder);
  expect(err).toMatch(expected);
  expect(code).toBe(expectedCode);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test.each([
  ['a note of somebody’s', 'notes.txt', 'is of no evidence pack'],
  ['an extract on which somebody has written', 'index.html', 'was changed since it was made'],
])('refuses an earlier extract with %s, which would be lost', async (_what, file, why) => {
  const folder = emptyFolder();
  const words = [...AT(small), '--organisation', 'leeds'];
  expect((await run(words, folder)).code).toBe(EXIT.clean);
  appendFileSync(join(folder, 'evidence-leeds', file), 'ten years of work');
  const { code, err } = await run(words, folder);
  expect([code, err]).toEqual([
    EXIT.usage,
    expect.stringMatching(
      new RegExp(
        `^error: evidence-leeds holds ${file}, which ${why} and would be lost: move it elsewhere, or name another folder with --output DIR\n`,
      ),
    ),
  ]);
  expect(readFileSync(join(folder, 'evidence-leeds', file), 'utf8')).toMatch(/ten years of work$/);
});

test('a synth makes the pack as well where it is asked to, of many organisations too with its proof, and says so in its summary', async () => {
  const register = join(emptyFolder(), 'register');
  generateRegister(register, { kind: 'zone', organisations: 51, agreements: 4 });
  const folder = emptyFolder();
  const words = ['synth', '--register', register, '--as-of', AS_OF, '--evidence-pack', 'pack'];
  const { code, out } = await run(words, folder);
  expect(out).toMatch(
    /^Evidence +pack\/index\.html\n +115 goals: \d+ shown, .*\n +[\d,]+ of [\d,]+ judgements pass.*\n +access proven$/m,
  );
  expect(code).toBe(EXIT.clean);
  expect(readdirSync(join(folder, 'pack'))).toContain('verify.mjs');
  const { organisations, proof } = JSON.parse(readFileSync(join(folder, 'pack/evidence.json'), 'utf8'));
  expect(organisations).toHaveLength(51);
  expect(proof).toMatchObject({ run: true, holds: true, organisations: 51, findings: [] });
  const refused = await run([...words.slice(0, -1), '.'], folder);
  expect([refused.code, refused.err]).toEqual([
    EXIT.usage,
    expect.stringContaining('name another folder with --evidence-pack DIR'),
  ]);
}, 120_000);
