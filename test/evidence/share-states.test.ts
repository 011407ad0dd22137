/** That the evidence says of each share that is not in force why not, as the register does. */
import type { CustodyStatement } from '../../lib/custody';
import { sharesIn } from '../../lib/evidence/compose/shares';
import type { EvidenceSource } from '../../lib/evidence/source';
import { sharesOf } from '../../lib/register';
import { dateOf } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import { registerOf } from '../policy/sample-register';
import { AGREEMENT, asked, signedBy } from '../register/approvals/world';
import { AS_OF, type Edit, edited, set } from '../register/samples';

const PATH = `agreements/${AGREEMENT}.yaml`;
const suspended = (from: string, until: string) =>
  set(PATH, { suspended: { from, until, reason: 'It was looked into.' } });
const paused = set('organisations/dwp.yaml', {
  paused: { from: '2026-09-20', until: '2027-12-31', reason: 'It was looked into.' },
});

let waiting: RegisterFile[];
beforeAll(async () => {
  waiting = await signedBy(asked(), 'leeds');
});

test.each<[string, string, Edit[]]>([
  ['waits for an approval', 'awaiting-approval', []],
  ['was suspended once, and waits', 'awaiting-approval', [suspended('2026-09-05', '2026-09-10')]],
  ['will be suspended, and waits', 'awaiting-approval', [suspended('2027-01-05', '2027-01-10')]],
  ['is of a party that is paused, and waits', 'paused', [paused]],
  ['is suspended, and waits', 'suspended', [suspended('2026-09-05', '2027-12-31'), paused]],
])('a share that %s is %s', (_what, state, edits) => {
  // None of these is a term: what was signed still holds.
  const register = registerOf(edited(waiting, ...edits), AS_OF);
  const source = { register, stacks: [], asOf: AS_OF } as unknown as EvidenceSource;
  const { shares } = sharesIn(source, { keys: [] } as unknown as CustodyStatement);
  expect(shares.map((each) => each.state)).toEqual([state]);
  expect(sharesOf(register, dateOf(AS_OF)).map((each) => each.state)).toEqual([state]);
});
