/** That nothing is shared without the approvals that a zone asks for, seen from the assembly alone. */

import { worldOf } from '../../lib/assembly';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf } from '../../lib/compliance/judged';
import { shareChanges } from '../../lib/plan/shares';
import { prove } from '../../lib/proof/prove';
import type { RegisterFile } from '../../lib/register/folder';
import { type Json, withTemplate } from '../compliance/judged-sample';
import { whole } from '../compliance/template-edits';
import { asked, signedBy, signedByBoth } from '../register/approvals/world';
import { AS_OF, edited, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { textOf } from './world';

const madeOf = (files: readonly RegisterFile[]) => synthesised({ files, asOf: AS_OF }).assembly;
const POINT = 'AWS::S3::AccessPoint';

let both: RegisterFile[];
let approved: ReturnType<typeof madeOf>;
let waiting: ReturnType<typeof madeOf>;

beforeAll(async () => {
  both = await signedByBoth();
  approved = madeOf(both);
  waiting = madeOf(await signedBy(asked(), 'dwp'));
});

test('the templates of an approved agreement share what it implies; those of one that waits share nothing', () => {
  const points = ({ stacks }: typeof approved) =>
    stacks.flatMap(({ resources }) => Object.values(resources).filter(({ Type }) => Type === POINT)).length;
  expect([points(approved), points(waiting)]).toEqual([1, 0]);
  expect([textOf(prove(worldOf(approved))), textOf(prove(worldOf(waiting)))]).toEqual([[], []]);
});

test('access that one party has not approved is found, whatever else the templates say', () => {
  const world = worldOf(approved);
  const { approvals = [] } = world.register;
  const without = (party: string) => ({
    ...world.register,
    approvals: approvals.filter(({ name }) => !name.includes(`.${party}.`)),
  });
  for (const party of ['dwp', 'leeds'])
    expect(textOf(prove({ ...world, register: without(party) }))).toContainEqual(
      expect.stringMatching(/^extra: leeds .*read/),
    );
});

test('an access point that rests on other signatures or terms than the register has is found', () => {
  const failing = (edit: (approval: Json) => void) => {
    const changed = withTemplate(judgedOf(approved), 'Organisation-dwp', (template) =>
      edit(whole(template, POINT).Metadata),
    );
    return judgeAll(changed)
      .filter(({ judgements }) => judgements.some(({ outcome }) => outcome === 'fail'))
      .map(({ check }) => check.id);
  };
  const before = judgeAll(judgedOf(approved))
    .filter(({ judgements }) => judgements.some(({ outcome }) => outcome === 'fail'))
    .map(({ check }) => check.id);
  const found = (edit: (approval: Json) => void) =>
    failing((metadata) => edit(metadata.Concordat)).filter((id) => !before.includes(id));
  expect(found(() => undefined)).toEqual([]);
  expect(
    found((told) => {
      delete told.approval;
    }),
  ).toEqual(['SHARE-LINE']);
  expect(
    found((told) => {
      told.approval.terms = told.approval.terms.replace(/^./, 'x');
    }),
  ).toEqual(['SHARE-LINE']);
  expect(
    found((told) => {
      told.approval.by.leeds = [];
    }),
  ).toEqual(['SHARE-LINE']);
});

test('a plan says of a share that is lost by a changed term that it is no longer approved', () => {
  const changed = madeOf(edited(both, set('agreements/benefit-awards.yaml', { 'retention.period': 'P2Y' })));
  expect(shareChanges(worldOf(approved), worldOf(changed)).map(({ absence }) => absence)).toEqual([
    'awaiting approval',
  ]);
});
