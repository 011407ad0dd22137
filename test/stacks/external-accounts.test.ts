/** That nothing of the operator’s names the account of an external that has left: it may be closed by then, and AWS would refuse. */
import { type AssemblyStack, worldOf } from '../../lib/assembly';
import { guardrailsProof } from '../../lib/proof/guardrails/guardrails';
import { dateOf } from '../../lib/register/calendar';
import { type Edit, edited, SAMPLE, set } from '../register/samples';
import { type Sample, synthesised } from './sample-assembly';

const LAST_DAY = dateOf('2026-09-30');
const DAY_AFTER = dateOf('2026-10-01');
const ACCOUNT = '900000000061';

/** What it collects has ended before, or was never agreed. */
const withoutItsAgreements: Edit = (files) => {
  for (const path of [...files.keys()])
    if (/^(?:agreements|approvals)\/school-transport-/.test(path)) files.delete(path);
};
const on = (asOf: typeof LAST_DAY, organisation: Readonly<Record<string, unknown>>): Sample =>
  synthesised({
    files: edited(SAMPLE, withoutItsAgreements, set('organisations/example-routing.yaml', organisation)),
    asOf,
  });
/** The operator’s stacks, and those of the management account, whose policies name it. */
const naming = ({ stacks, register }: Sample) => {
  const { zone, management } = register.zone.accounts;
  const isOperators = ({ account }: AssemblyStack) => account === zone || account === management;
  const names = ({ resources }: AssemblyStack) =>
    Object.values(resources).some(({ Type, Properties }) =>
      /Policy|Key$/.test(Type) ? JSON.stringify(Properties).includes(ACCOUNT) : false,
    );
  return stacks
    .filter((each) => isOperators(each) && names(each))
    .map(({ name }) => name)
    .sort();
};

it.each([
  ['on its last day', LAST_DAY, { leaves: LAST_DAY }, ['Guardrails', 'Zone']],
  ['while it pauses', DAY_AFTER, { paused: { from: LAST_DAY, reason: 'Repair' } }, ['Guardrails', 'Zone']],
  ['once it has left', DAY_AFTER, { leaves: LAST_DAY }, []],
])('%s, these name an external, and every guardrail’s promise holds', (_, day, organisation, named) => {
  const sample = on(day, organisation);
  expect(naming(sample)).toEqual(named);
  expect(guardrailsProof(worldOf(sample.assembly)).findings).toEqual([]);
});
