/**
 * That the check on who takes on roles finds every change of a trust by which people sign in: those by hand here, and all that are
 * made by rule of which the proof says that they let somebody else in, or one of those not.
 */
import { openAssembly } from '../../lib/assembly';
import { TRUST } from '../../lib/compliance/checks/trust';
import { judgedOf } from '../../lib/compliance/judged';
import { Judge } from '../mutation/judge';
import { type Mutant, mutantsOf, sourceWith } from '../mutation/policies';
import { synthesised } from '../stacks/sample-assembly';
import { CLAIM, PROVIDER, SIGNING, signingIn } from '../stacks/signing-in';
import { type Json, withTemplate } from './judged-sample';

const STACK = `Organisation-${SIGNING}`;
const source = openAssembly(synthesised({ files: signingIn() }).folder);
const whole = judgedOf(source);
const ofStack = { ...whole, stacks: whole.stacks.filter(({ name }) => name === STACK) };
const [check] = TRUST;

const failed = (assembly: typeof whole) =>
  (check?.judge(assembly) ?? []).filter(({ outcome }) => outcome === 'fail');
const trustOf = (template: Json, role: string): Json[] =>
  Object.values<Json>(template.Resources).find((each) => each.Properties?.RoleName === `concordat-${role}`)
    .Properties.AssumeRolePolicyDocument.Statement;
const subjects = (template: Json): Json =>
  trustOf(template, 'deposit').find(({ Sid }) => Sid === 'SignedInSubjectsTakeOnTheRole');
const holders = (template: Json): Json =>
  trustOf(template, 'collect').find(({ Sid }) => Sid === 'HoldersOfAppRolesTakeOnTheRole');

test('who signs in as the register says is no failure', () => {
  expect(failed(ofStack)).toEqual([]);
});

test.each<[string, (template: Json) => void]>([
  ['any subject', (t) => delete subjects(t).Condition.StringEquals[`${CLAIM}:sub`]],
  ['a subject by a pattern', (t) => (subjects(t).Condition.StringLike = { [`${CLAIM}:sub`]: '*' })],
  ['one more subject', (t) => subjects(t).Condition.StringEquals[`${CLAIM}:sub`].push('somebody')],
  ['one subject less', (t) => subjects(t).Condition.StringEquals[`${CLAIM}:sub`].pop()],
  ['tokens for any program', (t) => delete subjects(t).Condition.StringEquals[`${CLAIM}:aud`]],
  ['tokens for another program', (t) => (subjects(t).Condition.StringEquals[`${CLAIM}:aud`] = 'another')],
  ['one factor', (t) => delete subjects(t).Condition['ForAnyValue:StringEquals']],
  [
    'a token without factors',
    (t) => {
      subjects(t).Condition['ForAllValues:StringEquals'] = subjects(t).Condition['ForAnyValue:StringEquals'];
      delete subjects(t).Condition['ForAnyValue:StringEquals'];
    },
  ],
  [
    'another factor',
    (t) => (subjects(t).Condition['ForAnyValue:StringEquals'] = { [`${CLAIM}:amr`]: ['mfa', 'pwd'] }),
  ],
  ['any app role', (t) => delete holders(t).Condition.StringEquals['aws:RequestTag/concordat-role']],
  [
    'a further app role',
    (t) => (holders(t).Condition.StringEquals['aws:RequestTag/concordat-role'] = ['collector', 'everybody']),
  ],
  ['those who collect, to deposit', (t) => trustOf(t, 'deposit').push(holders(t))],
  ['another provider', (t) => (subjects(t).Principal.Federated = `${PROVIDER}-of-another`)],
  ['a second provider', (t) => (subjects(t).Principal.Federated = [PROVIDER, `${PROVIDER}-of-another`])],
  ['a role besides', (t) => (subjects(t).Principal.AWS = 'arn:aws:iam::100000000099:root')],
  [
    'all but the provider',
    (t) => {
      subjects(t).NotPrincipal = subjects(t).Principal;
      delete subjects(t).Principal;
    },
  ],
  ['whoever is vouched for by SAML too', (t) => subjects(t).Action.push('sts:AssumeRoleWithSAML')],
  ['nobody who signs in', (t) => trustOf(t, 'collect').splice(trustOf(t, 'collect').indexOf(holders(t)), 1)],
  ['holders whose tag AWS refuses', (t) => holders(t).Action.splice(1)],
])('a trust that lets in %s fails', (_who, edit) => {
  expect(failed(withTemplate(ofStack, STACK, edit)).length).toBe(1);
});

test('whatever the proof finds of a changed trust of those who sign in, the check finds too', () => {
  const judge = new Judge(source);
  const isFound = ({ policy, ...mutant }: Mutant) => {
    const changed = sourceWith(source, { policy, ...mutant });
    return (
      failed(judgedOf({ ...changed, stacks: changed.stacks.filter(({ name }) => name === STACK) })).length > 0
    );
  };
  const mutants = mutantsOf(
    source,
    ({ sort, stack, place }) =>
      sort === 'who takes on a role' &&
      stack.name === STACK &&
      // The role that reads receipts is trusted as both are.
      /\/(?:Deposit|Collect)Role/.test(place),
    // What denies lets nobody in: of that the proof alone speaks.
  ).filter(({ how }) => /^(?:SignedIn|Holders)(?!.*the same denied$)/.test(how));
  const killed = mutants.filter((mutant) => {
    const outcome = judge.judge(mutant);
    return outcome.fate === 'killed' && /^(?:extra|missing)$/.test(outcome.by);
  });
  expect(killed.length).toBeGreaterThan(40);
  expect(killed.filter((each) => !isFound(each)).map(({ policy, how }) => `${policy.place} ${how}`)).toEqual(
    [],
  );
});
