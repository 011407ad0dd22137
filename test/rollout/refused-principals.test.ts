/** That whoever rolls out is told what to do where AWS does not find an account that a policy names. */
import { openAssembly } from '../../lib/assembly';
import { stackCalled } from '../../lib/rollout/fleet';
import { letInBy, refusedPrincipalWords } from '../../lib/rollout/refused-principals';
import { eventLines, stackLines } from '../../lib/rollout/told';
import type { StackState } from '../../lib/wire';
import { afterFolder, beforeFolder } from '../plan/pair';
import { organisation } from './fleets';

const [before, after] = [openAssembly(beforeFolder()), openAssembly(afterFolder())];
const letIn = letInBy([after, before]);
/** A policy of the DWP that lets one other organisation in. */
const points = Object.entries(stackCalled(after, 'Organisation-dwp')?.resources ?? {}).filter(
  ([, { Type }]) => Type === 'AWS::S3::AccessPoint',
);
const [ofLeeds = ''] = points.map(([id]) => id).filter((id) => id.includes('leeds'));

const S3 =
  'Resource handler returned message: "Invalid principal in policy (Service: S3Control, Status Code: 400, Request ID: X)" (HandlerErrorCode: InvalidRequest)';
const KMS =
  'Resource handler returned message: "Policy contains a statement with one or more invalid principals. (Service: Kms, Status Code: 400)"';
const SNS = 'Invalid parameter: Policy Error: PrincipalNotFound (Service: Sns, Status Code: 400)';
const failed = (...why: string[]): StackState => ({
  account: '100000000011',
  region: 'eu-west-2',
  standing: 'failed',
  runs: 'before',
  why: ['CloudFormation ended in UPDATE_ROLLBACK_COMPLETE', ...why],
});
const last = (...why: string[]) => stackLines('Organisation-dwp', failed(...why), letIn).at(-1);

it('names the account that may have been closed, and the two ways to take it out of the register', () => {
  const told =
    '  AWS does not find an account that this policy names (it names 100000000022 of leeds): if that was closed, take its organisation out of the register by npx concordat leave ID, or for now by npx concordat pause ID, and roll that out';
  expect(last(`${ofLeeds}: ${S3}`)).toBe(told);
  // CloudFormation’s reasons come as one text.
  expect(last(`Topic: Internal failure; ${ofLeeds}: ${S3}; Other: Resource update cancelled`)).toBe(told);
  const now = failed(`${ofLeeds}: ${S3}`);
  const stack = organisation('Organisation-dwp', {});
  expect(eventLines({ kind: 'stack', stack, now }, 'cdk.out', letIn).at(-1)).toBe(`  ${told}`);
});

it.each([S3, KMS, SNS])('says what to do where AWS says: %s', (refusal) => {
  expect(refusedPrincipalWords([`Unknown: ${refusal}`])).toMatch(
    /^AWS does not find an account that this policy names: .* npx concordat leave ID, .* npx concordat pause ID/,
  );
});

it('says nothing of closed accounts where something else failed', () => {
  for (const other of ['Key: Access denied', 'Point: Policy has invalid resource', 'Rate exceeded'])
    expect(refusedPrincipalWords([other])).toBeUndefined();
  expect(last('Key: Access denied')).toBe('  Key: Access denied');
});

it('names whoever a policy lets in from elsewhere, on either side of the plan, and never its own account', () => {
  const gone = Object.keys(stackCalled(before, 'Organisation-dwp')?.resources ?? {}).filter(
    (id) => /^Share.*camdenAccessPoint/.test(id) && !points.some(([point]) => point === id),
  );
  expect(gone).not.toEqual([]);
  for (const id of gone) expect(letIn('Organisation-dwp', id)).toEqual(['100000000021 of camden']);
  for (const { name, account, resources } of after.stacks)
    for (const id of Object.keys(resources)) expect(letIn(name, id).join()).not.toContain(account);
  expect(letIn('Organisation-dwp', 'Nothing')).toEqual([]);
});
