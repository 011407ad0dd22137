/** That the check on disposals tells what is declared, due, held and late apart, by what was signed and nothing else. */
import type { JudgedAssembly } from '../../lib/compliance/check';
import { DISPOSAL } from '../../lib/compliance/checks/disposal';
import { dateOf, type IsoDate } from '../../lib/register/calendar';
import { canonicalRegister } from '../../lib/register/canonical';
import { disposing } from '../../lib/register/changes';
import { changedFiles } from '../../lib/register/changes/change';
import type { RegisterFile } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import { AGREEMENT, asked, LEEDS, signedByBoth } from '../register/approvals/world';
import { type Edit, edited, set } from '../register/samples';

const PATH = `agreements/${AGREEMENT}.yaml`;
const AFTER = dateOf('2027-01-15');
const LATE = dateOf('2027-02-01');

const ended = (...edits: Edit[]) =>
  signedByBoth(
    asked(
      set(PATH, { ends: '2026-12-31', review: '2026-12-31', 'retention.disposeWithin': 'P30D' }),
      ...edits,
    ),
  );

async function declared(files: readonly RegisterFile[]) {
  const what = { agreement: AGREEMENT, organisation: 'leeds', method: undefined };
  const { files: changed } = await disposing(files, what, LEEDS.signer, AFTER);
  return changedFiles(files, changed);
}

/** What the check says of the register as an assembly carries it. @param change of what it carries */
function told(files: readonly RegisterFile[], asOf: IsoDate, change = (text: string) => text) {
  const loaded = loadRegister(files, asOf);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  const register = JSON.parse(change(canonicalRegister(loaded.register)));
  const assembly = { register, asOf, files: new Map([['register.json', register]]) };
  const judgements = DISPOSAL.flatMap(({ judge }) => judge(assembly as unknown as JudgedAssembly));
  return judgements.map(({ outcome, saw }) => `${outcome}: ${saw}`);
}

it('passes what was declared, and names who signed it and what', async () => {
  const done = await declared(await ended());
  expect(told(done, LATE)).toEqual([
    expect.stringMatching(
      /^pass: leeds under benefit-awards: declared on 15 January 2027 by its Senior Information Risk Owner \([0-9a-f]{64}\)\.$/,
    ),
  ]);
});

it('takes nothing for declared that was changed after it was signed', async () => {
  const done = await declared(await ended());
  const there = new Set((await ended()).map(({ path }) => path));
  const file = done.find(({ path }) => path.includes('.leeds.') && !there.has(path));
  const { sig } = JSON.parse(Buffer.from(file?.bytes ?? []).toString()).signatures[0];
  const forged = `${sig.slice(0, 20)}${sig[20] === 'A' ? 'B' : 'A'}${sig.slice(21)}`;
  expect(told(done, LATE, (text) => text.replaceAll(sig, forged))).toEqual([
    'fail: leeds under benefit-awards: due by 2027-01-30, and not declared.',
  ]);
});

it('fails what is late, and neither what is due later, nor under a hold, nor ended already', async () => {
  const files = await ended();
  const hold = set(PATH, { hold: { from: '2027-01-10', reason: 'Claim HB-2027-4.', by: 'dwp' } });
  expect([
    told(files, dateOf('2026-12-31')),
    told(files, dateOf('2027-01-30')),
    told(files, dateOf('2027-01-31')),
    told(edited(files, hold), LATE),
  ]).toEqual([
    ['not applicable: No agreement has ended that asks for a declaration.'],
    ['not applicable: leeds under benefit-awards: due by 2027-01-30.'],
    ['fail: leeds under benefit-awards: due by 2027-01-30, and not declared.'],
    ['not applicable: leeds under benefit-awards: a legal hold has no last day.'],
  ]);
});
