/** That whoever reads of sealed letters, in whatever is made of one assembly, is told who opens them, and what is not kept from whom. */
import { instance } from '@viz-js/viz';
import { agreementDocument } from '../../lib/agreements';
import { LEFT_OUT } from '../../lib/commands/assembly/evidence-pack';
import { packFrom } from '../../lib/commands/organisations/onboard-templates';
import { EXIT } from '../../lib/commands/terminal';
import { checkResults } from '../../lib/evidence/compose/checks';
import { evidenceOf } from '../../lib/evidence/compose/evidence';
import { sharingSection } from '../../lib/evidence/page/sharing';
import { evidenceSourceOf } from '../../lib/evidence/source';
import { documentText } from '../../lib/words';
import { run } from '../commands/captured-terminal';
import { LETTERS_ID, letters, SEALED_LETTERS, SEALS } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';

const sample = synthesised({ files: letters(...SEALS) });
const { register, asOf, assembly, folder } = sample;
const keysOf = (holder: string) =>
  SEALED_LETTERS.keys.filter((each) => each.holder === holder).map(({ key }) => key);
const words = (text: string) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('the evidence names who opens them, who keeps each key, and who could put another page in its place', async () => {
  const source = evidenceSourceOf(assembly);
  const evidence = evidenceOf(source, checkResults(source), LEFT_OUT);
  const page = words(sharingSection(evidence, await instance()).text);
  const [dwp, leeds] = ['Department for Work and Pensions', 'Leeds City Council'];
  expect(page).toContain(`Letters under ${LETTERS_ID} are sealed and opened in the mailbox’s page`);
  expect(page).toContain('whoever can put another page in its place could read what is written');
  expect(page).toContain(
    `${LETTERS_ID}: ${dwp} (An officer, by a passkey); ${dwp} (In the safe of the team); ${leeds} (An officer, by a passkey); ${leeds} (In the safe of the team) Why: ${SEALED_LETTERS.why}`,
  );
});

test('who reads what one sends is told with the keys of the other alone', async () => {
  for (const [owner, other] of [
    ['dwp', 'leeds'],
    ['leeds', 'dwp'],
  ] as const) {
    const asked = ['who', 'reads', LETTERS_ID, '--owner', owner, '--on', '2026-12-01', '--assembly', folder];
    const { out, code } = await run(asked, folder);
    expect(code).toBe(EXIT.clean);
    for (const key of keysOf(other)) expect(out).toContain(`${other}, ${key}: `);
    for (const key of keysOf(owner)) expect(out).not.toContain(key);
    expect(out).toContain('letters are sealed and opened in the mailbox’s page: whoever can change it');
    const { sealed } = JSON.parse((await run([...asked, '--json'], folder)).out) as typeof SEALED;
    expect(sealed.keys.map(({ key }) => key)).toEqual(keysOf(other));
  }
});

test('the document that is signed has every key, and what signing it gives up', () => {
  const agreement = register.agreements.find(({ id }) => id === LETTERS_ID);
  if (agreement === undefined) throw new Error('the register has the agreement');
  const text = words(documentText(agreementDocument({ register, agreement, asOf })));
  for (const { key } of SEALED_LETTERS.keys) expect(text).toContain(key);
  expect(text).toContain(SEALED_LETTERS.why);
  expect(text).toContain('neither malware scan nor release gate sees what is in it');
  expect(text).toContain('whoever can change that page could read them there');
});

test('the pack of either party says by which keys it opens, to which it sends, and how an officer makes one', () => {
  for (const [own, other] of [
    ['dwp', 'leeds'],
    ['leeds', 'dwp'],
  ] as const) {
    const pages = packFrom(register, own as never, asOf, assembly).files.filter(({ path }) =>
      path.endsWith('.html'),
    );
    const text = words(pages.map(({ bytes }) => Buffer.from(bytes).toString()).join(' '));
    const [collects = '', sends = ''] = [
      /only those who hold a key of the agreement can read what is shared\..*?Why: .*? (?=\S+:|Given)/,
      /only those who hold one of these keys can read what you send, and not you\..*?Why: .*? (?=\S+:|Given)/,
    ].map((each) => each.exec(text)?.[0]);
    expect([collects === '', sends === '']).toEqual([false, false]);
    for (const key of [...keysOf(own), ...keysOf(other)]) expect(text).toContain(key);
    expect(text).toContain('Each officer makes one there, at the page’s address with #key behind it');
    expect(text).toContain('The page scans nothing');
  }
});

declare const SEALED: { readonly sealed: { readonly keys: readonly { readonly key: string }[] } };
