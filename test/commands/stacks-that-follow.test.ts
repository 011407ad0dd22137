/** That a change of the register names every stack that it changes. */
import { readdirSync, readFileSync } from 'node:fs';
import { assembled } from '../../lib/commands/assembly/assemble';
import { stacksThatFollow } from '../../lib/commands/interview/stacks-that-follow';
import type { Register } from '../../lib/register';
import { dateOf } from '../../lib/register/calendar';
import { Agreeing, type Change, Changing } from '../../lib/register/changes';
import { ended, renewed } from '../../lib/register/changes/agreement-days';
import { changedFiles, checkedChange, fileAt, soundRegister } from '../../lib/register/changes/change';
import { departed } from '../../lib/register/changes/depart';
import { withInterruption } from '../../lib/register/changes/interruption';
import { paused } from '../../lib/register/changes/pause';
import { renamed } from '../../lib/register/changes/rename';
import { NO_LIVE_OUTCOMES } from '../../lib/wire';
import { MINIMAL } from '../register/samples';
import { emptyFolder } from './captured-terminal';

const TODAY = dateOf('2026-12-01');
const day = dateOf;

function templates(register: Register): ReadonlyMap<string, string> {
  const folder = emptyFolder();
  assembled(folder, { register, asOf: TODAY, outcomes: NO_LIVE_OUTCOMES });
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.template.json'))
      .map((name) => [name.replace('.template.json', ''), readFileSync(`${folder}/${name}`, 'utf8')]),
  );
}

const before = soundRegister(MINIMAL, TODAY, 'faulty');
let old: ReadonlyMap<string, string>;
beforeAll(() => {
  old = templates(before);
});

/** A new agreement, as one that is there, the other way round where that can be. */
function anAgreement(): Change {
  const { current } = new Changing(MINIMAL, 'benefit-awards', TODAY);
  return new Agreeing(MINIMAL, TODAY).agreed({
    ...current,
    id: 'a-second-one',
    starts: '2027-01-04',
    ends: '2028-01-03',
    review: '2027-12-01',
  });
}

const suspended = () => {
  const path = 'agreements/benefit-awards.yaml';
  const file = withInterruption(fileAt(MINIMAL, path), { kind: 'suspended', from: TODAY, reason: 'x' });
  return checkedChange(MINIMAL, before, new Map([[path, file]]), [], TODAY);
};
const another = (answers: Record<string, string>) => {
  const changing = new Changing(MINIMAL, 'benefit-awards', TODAY);
  return changing.changed({ ...changing.current, ...answers });
};

const CHANGES: Readonly<Record<string, () => Pick<Change, 'before' | 'after'>>> = {
  nothing: () => ({ before, after: soundRegister(changedFiles(MINIMAL, []), TODAY, 'faulty') }),
  'a new title': () => another({ title: 'Another' }),
  'more time to collect': () => another({ 'collect-within': 'P9D' }),
  'a new agreement': anAgreement,
  'an agreement that ends sooner': () =>
    ended(MINIMAL, { id: 'benefit-awards', on: day('2027-06-30') }, TODAY),
  'one that goes on': () =>
    renewed(
      MINIMAL,
      {
        id: 'benefit-awards',
        as: 'benefit-awards-2',
        ends: day('2034-03-31'),
        review: day('2032-03-31'),
        dpiaReference: 'DPIA-2',
        dpiaDate: day('2026-11-02'),
      },
      TODAY,
    ),
  'a suspension': suspended,
  'a pause of the owner': () => paused(MINIMAL, { id: 'dwp', from: day('2026-12-10'), reason: 'x' }, TODAY),
  'a pause of the recipient': () =>
    paused(MINIMAL, { id: 'leeds', from: day('2026-12-10'), reason: 'x' }, TODAY),
  'a new name': () =>
    renamed(MINIMAL, { id: 'leeds', name: 'City of Leeds', on: day('2027-04-01'), codes: [] }, TODAY),
  'a departure': () =>
    departed(
      MINIMAL,
      {
        heirs: new Map([['leeds', []]]),
        lastDay: day('2027-06-30'),
        decisions: [{ agreement: 'benefit-awards' as never, decision: 'end' }],
        emptyHanded: [],
      },
      TODAY,
    ),
};

it.each(Object.entries(CHANGES))('%s changes no stack that is not named', (_what, make) => {
  const change = make();
  const now = templates(change.after);
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => old.get(name) !== now.get(name),
  );
  const named = stacksThatFollow(change);
  // With the only agreement goes the last access point, and so the right to make one.
  const first = changed.indexOf('Baseline');
  if (first !== -1) changed.splice(first, 1);
  expect(changed.filter((name) => !named.includes(name))).toEqual([]);
  // And none without reason: where something changes, the audit’s stack does.
  expect(named[0]).toBe(changed.length === 0 ? undefined : 'Zone');
  expect(named.length - changed.length).toBeLessThanOrEqual(1);
});
