/** That the engine of rollouts is apart from all else, that its approvers are in its account, and that it may deploy. */
import { pointedAt, set } from '../samples';

const ZONE = 'zone.yaml';
const ROLLOUT = {
  account: '100000000003',
  startedBy: {
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:example/zone:environment:production',
  },
  approvedBy: ['arn:aws:iam::100000000003:role/security/second-person'],
};
const DEPLOYERS = [
  'arn:aws:iam::100000000003:role/deployment',
  'arn:aws:iam::100000000003:role/concordat/concordat-rollout-step',
];
const faults = (rollout: object, deployers: readonly string[] = DEPLOYERS) =>
  pointedAt(set(ZONE, { 'guardrails.deployers': deployers, rollout: { ...ROLLOUT, ...rollout } }));

it('is taken where all of that is so', () => {
  expect(faults({})).toEqual([]);
});

it.each([
  ['the zone’s', '100000000002'],
  ['the management account', '100000000001'],
])('is not in %s', (_, account) => {
  const approvedBy = [`arn:aws:iam::${account}:role/security/second-person`];
  const deployers = [`arn:aws:iam::${account}:role/concordat/concordat-rollout-step`];
  expect(faults({ account, approvedBy }, deployers)).toContain(
    `wrong-account at zone.yaml, account: "${account}"`,
  );
});

it('has approvers in its own account', () => {
  const stranger = 'arn:aws:iam::100000000002:role/security/second-person';
  expect(faults({ approvedBy: [stranger] })).toEqual([`wrong-account at zone.yaml, - ${stranger}`]);
});

it.each(['concordat/concordat-rollout-start', 'concordat/concordat-rollout-step', 'deployment'])(
  'is approved by nobody who starts or deploys, such as %s',
  (role) => {
    const arn = `arn:aws:iam::100000000003:role/${role}`;
    expect(faults({ approvedBy: [arn] })).toEqual([`duties-apart at zone.yaml, - ${arn}`]);
  },
);

it('is among those who deploy', () => {
  expect(faults({}, DEPLOYERS.slice(0, 1))).toEqual(['unresolved-id at zone.yaml, deployers:']);
});

it.each([
  'repo:example@1234567/zone@890123456:environment:production',
  'repo:example/zone:environment:production',
  'project_path:example/zone:ref_type:branch:ref:main',
])('is started by a pipeline that GitHub or GitLab calls %s', (subject) => {
  expect(faults({ startedBy: { ...ROLLOUT.startedBy, subject } })).toEqual([]);
});

it.each(['repo:example/*:environment:production', '$name', 'a b', ''])(
  'is started by no subject like %j',
  (subject) => {
    expect(faults({ startedBy: { ...ROLLOUT.startedBy, subject } })).toHaveLength(1);
  },
);
