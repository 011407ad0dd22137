/** What a probe will do is known before it does anything: its calls, their rights, its templates and its cost. */

import { PROBE_STACKS, type ProbeStack } from '../../lib/policy';
import { costOf, MOST_USD } from '../../lib/probe/cost';
import { dryRunText } from '../../lib/probe/in-words';
import { probePlan } from '../../lib/probe/plan';
import { plannedCalls } from '../../lib/probe/planned';
import { rightsOf } from '../../lib/probe/rights';
import type { Sandbox } from '../../lib/probe/sandbox';
import { GIVEN, IN_QUESTION, REMOVED, templateOf } from '../../lib/probe/templates/templates';
import { accountId } from '../../lib/register';
import { createCaller } from './rights-of';

const ALONE: Sandbox = {
  accounts: { owner: accountId.parse('111122223333'), recipient: accountId.parse('444455556666') },
  region: 'eu-west-2',
  organisation: undefined,
};
const WHOLE: Sandbox = { ...ALONE, organisation: 'o-exampleorg1' };
const STACKS = Object.keys(PROBE_STACKS) as ProbeStack[];
const everything = STACKS.flatMap((stack) =>
  Object.entries(templateOf(stack, WHOLE).Resources).map(([id, each]) => [stack, id, each] as const),
);

describe.each([
  ['without an AWS organisation', probePlan(ALONE)],
  ['within one', probePlan(WHOLE)],
])('a plan %s', (_what, plan) => {
  const calls = plannedCalls(plan);

  it('asks whose the accounts are and what is there, before it makes anything', () => {
    expect(calls.slice(0, 4).map(({ part }) => part)).toEqual(Array(4).fill('before'));
    const made = calls.findIndex(({ call }) => call.call === 'make-stack');
    expect(calls.slice(0, made).flatMap(({ call }) => call.call)).toEqual([
      'identify',
      'identify',
      'find-stacks',
      'find-stacks',
    ]);
  });

  it('removes each stack that it makes, with its bucket emptied, and a trail before what it writes to', () => {
    const of = (part: string, name: string) =>
      calls.flatMap(({ part: of, call }) =>
        (part === '' || of === part) && call.call === name && 'stack' in call ? [call.stack] : [],
      );
    const removed = of('take-down', 'remove-stack');
    expect([...removed].sort()).toEqual([...new Set(of('', 'make-stack'))].sort());
    expect(removed.indexOf('owner-trail')).toBeLessThan(removed.indexOf('recipient'));
    expect(removed.indexOf('scan')).toBeLessThan(removed.indexOf('owner'));
  });

  it('needs no right that its policy does not give, in either account', () => {
    const callers = {
      owner: createCaller(rightsOf('owner', plan)),
      recipient: createCaller(rightsOf('recipient', plan)),
    };
    const missing = calls.flatMap(({ side, words, operations }) =>
      operations
        .filter(({ by, action, resource }) => by === 'profile' && !callers[side](action, resource))
        .map(({ action }) => `${words}: ${action}`),
    );
    expect(missing).toEqual([]);
  });

  it('asks for no right on all of a service, for none to make users, and for little on everything', () => {
    for (const side of ['owner', 'recipient'] as const) {
      const { Statement } = rightsOf(side, plan);
      const actions = Statement.flatMap(({ Action }) => Action);
      expect(actions.filter((each) => /:\*$|^iam:(?!.*Role)|^organizations:/.test(each))).toEqual([]);
      const onAll = Statement.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
      expect(
        onAll.filter(
          (each) =>
            !/^(?:guardduty:|kms:CreateKey$|cloudtrail:DescribeTrails$|sts:GetCallerIdentity$)/.test(each),
        ),
      ).toEqual([]);
      // Of keys, whose names KMS chooses, those with the tag alone.
      for (const { Action, Resource, Condition } of Statement)
        if (Action.some((each) => each.startsWith('kms:')) && Resource !== '*')
          expect(Condition).toBeDefined();
      expect(JSON.stringify({ Version: '2012-10-17', Statement }).length).toBeLessThan(6_144);
      expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
    }
  });

  it('costs less than a dollar at most', () => {
    const { usd } = costOf(plan);
    expect(usd).toBeGreaterThan(0.05);
    expect(usd).toBeLessThan(MOST_USD);
  });

  it('is printed call by call, each with its account and what it asks of AWS', () => {
    const text = dryRunText(plan);
    for (const [index, { account, operations }] of calls.entries()) {
      expect(text).toMatch(new RegExp(`^ +${index + 1}  ${account}  `, 'm'));
      for (const { action } of operations) expect(text).toContain(action);
    }
    expect(text).toContain('Nothing was asked of AWS.');
  });
});

test('what needs an AWS organisation is left out where none is named, and said', () => {
  const { tests, notAsked, takeDown } = probePlan(ALONE);
  expect(notAsked.map(({ id }) => id)).toEqual([
    'resource-organisation-is-present',
    'events-by-organisation-trail',
  ]);
  expect(tests.length + notAsked.length).toBe(probePlan(WHOLE).tests.length);
  expect(takeDown.map(({ stack }) => stack)).not.toContain('events');
});

test('the access point is closed by the last test alone, and opened again', () => {
  const calls = plannedCalls(probePlan(WHOLE)).filter(({ call }) => call.call === 'set-access-point');
  expect(calls.map(({ call }) => ('to' in call ? call.to : ''))).toEqual(['closed', 'open']);
});

describe('the templates', () => {
  it('go with their stacks, keys after the shortest wait that KMS has, and nothing is locked in compliance mode', () => {
    expect(new Set(REMOVED)).toEqual(new Set(STACKS));
    for (const [, , { Type, Properties, DeletionPolicy }] of everything) {
      expect(DeletionPolicy).toBe('Delete');
      if (Type === 'AWS::KMS::Key') expect(Properties.PendingWindowInDays).toBe(7);
    }
    expect(JSON.stringify(everything)).not.toContain('COMPLIANCE');
  });

  it('name everything that has a name after the probe, so that what is left can be found', () => {
    const names = everything.flatMap(([, , { Properties }]) =>
      Object.entries(Properties).flatMap(([field, value]) =>
        /^(?:Bucket|Role|Function|Trail|Queue)Name$|^Name$/.test(field) ? [value] : [],
      ),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((each) => !String(each).startsWith('concordat-probe'))).toEqual([]);
  });

  it('give each stack what it is given, and ask of a resource that is there', () => {
    for (const stack of STACKS) {
      const { Parameters = {}, Resources } = templateOf(stack, WHOLE);
      const given = GIVEN[stack].map(({ name }) => name);
      const asked = Object.entries(Parameters).flatMap(([name, { Default }]) =>
        Default === undefined ? [name] : [],
      );
      expect([stack, asked]).toEqual([stack, given]);
      for (const { from, name } of GIVEN[stack])
        expect(Object.keys(templateOf(from, WHOLE).Outputs ?? {})).toContain(name);
      const question = IN_QUESTION[stack];
      if (question !== undefined) expect(Object.keys(Resources)).toContain(question);
    }
  });

  it('open a bucket to nobody but through access points of its own account, and to CloudTrail', () => {
    const policies = everything.flatMap(([, , { Type, Properties }]) =>
      Type === 'AWS::S3::BucketPolicy' ? [JSON.stringify(Properties.PolicyDocument)] : [],
    );
    const [owner = '', recipient = ''] = policies;
    expect(owner.match(/"Effect":"Allow"/g)).toHaveLength(1);
    expect(owner).toContain('"s3:DataAccessPointAccount":"111122223333"');
    expect(recipient.match(/"Effect":"Allow"/g)).toHaveLength(2);
    expect(recipient.match(/cloudtrail\.amazonaws\.com/g)).toHaveLength(2);
  });

  it('let GuardDuty and Lambda take on roles exactly as organisations do', () => {
    const trust = (stack: ProbeStack) =>
      JSON.stringify(templateOf(stack, WHOLE).Resources.Role?.Properties.AssumeRolePolicyDocument);
    expect(trust('scan')).toContain('malware-protection-plan.guardduty.amazonaws.com');
    expect(trust('function')).toContain('"aws:SourceAccount":"111122223333"');
  });
});
