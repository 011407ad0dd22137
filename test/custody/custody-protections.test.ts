/** That a protection which the policy of a key does not give is missed by name, whatever its statements are called. */
import { permissionsOf } from '../../lib/custody/permissions';
import { missingProtections } from '../../lib/custody/protections';
import { attentionWords } from '../../lib/custody/words/attention-words';
import { markedText } from '../../lib/words';
import { type Sample, sharedDataKeys, synthesised } from '../stacks/sample-assembly';

type Statement = Record<string, unknown> & {
  Sid: string;
  Condition: Record<string, Record<string, unknown>>;
};

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

/** The faults of the sample’s first policy after a change of one statement; Sids are taken away first. */
function faultsAfter(sid: string, change: (statement: Statement) => Statement | undefined): string[] {
  const stack = sample.stackOf('leeds');
  const [key] = sharedDataKeys(stack);
  const policy = structuredClone(key?.Properties?.KeyPolicy) as { Statement: Statement[] };
  const statements = policy.Statement.flatMap((each) => (each.Sid === sid ? (change(each) ?? []) : each));
  const unnamed = statements.map(({ Sid: _, ...others }) => others);
  const { account, region } = stack;
  const permissions = permissionsOf(
    { Version: '2012-10-17', Statement: unnamed },
    { kind: 'key', stack, account },
  );
  const bucketArn = `arn:aws:s3:::concordat-exchange-${account}-${region}-an`;
  return missingProtections(permissions, { account, region, bucketArn }).map((each) =>
    markedText(attentionWords(each, new Map())),
  );
}

const without = (operator: string, key: string) => (statement: Statement) => {
  const { [key]: _, ...others } = statement.Condition[operator] ?? {};
  return { ...statement, Condition: { ...statement.Condition, [operator]: others } };
};
const USE = 'ReleaseGateReadsAndReportsInOwnBucket';
const GRANT = 'GrantBrokerLetsCollectRolesReadInOwnBucket';

it('misses nothing in the sample', () => {
  expect(faultsAfter('', (each) => each)).toEqual([]);
});

it.each<[string, string, (statement: Statement) => Statement | undefined]>([
  [
    'nothing denies the use of the key other than through Amazon S3',
    'DenyUseUnlessThroughS3',
    () => undefined,
  ],
  [
    'nothing denies the use of the key other than through Amazon S3',
    'DenyUseUnlessThroughS3',
    (each) => ({ ...each, Action: (each.Action as string[]).filter((action) => action !== 'kms:Decrypt') }),
  ],
  [
    'nothing denies the use of the key to callers outside',
    'DenyUseOutsideTheOrganisationAndItsDeclaredExternals',
    () => undefined,
  ],
  [
    'nothing denies the use of the key to callers outside',
    'DenyUseOutsideTheOrganisationAndItsDeclaredExternals',
    (each) => ({ ...each, Principal: { AWS: 'arn:aws:iam::210987654321:root' } }),
  ],
  ['holds the use of the key to no named role', USE, without('ArnEquals', 'aws:PrincipalArn')],
  ['does not hold the use of the key to Amazon S3', USE, without('StringEquals', 'kms:ViaService')],
  [
    'does not hold the use of the key to the one bucket',
    USE,
    without('StringEquals', 'kms:EncryptionContext:aws:s3:arn'),
  ],
  [
    'with an encryption context of more than the bucket',
    USE,
    without('ForAllValues:StringEquals', 'kms:EncryptionContextKeys'),
  ],
  ['with an encryption context of more than the bucket', USE, without('Null', 'kms:EncryptionContextKeys')],
  ['lets no named role alone make grants', GRANT, without('ArnEquals', 'aws:PrincipalArn')],
  ['lets grants give more than reading', GRANT, without('ForAllValues:StringEquals', 'kms:GrantOperations')],
  ['lets grants give more than reading', GRANT, without('Null', 'kms:GrantOperations')],
  ['does not hold grants to the one bucket', GRANT, without('StringEquals', 'kms:GrantConstraintType')],
  ['does not hold grants to the one bucket', GRANT, without('Null', 'kms:EncryptionContextKeys')],
  ['does not hold grants to one role of each account', GRANT, without('StringLike', 'kms:GranteePrincipal')],
  ['does not say that a role of the owner retires', GRANT, without('StringEquals', 'kms:RetiringPrincipal')],
  ['copied to another Region', USE, (each) => ({ ...each, Action: ['kms:ReplicateKey'] })],
])('misses it by name: %s (%s)', (fault, sid, change) => {
  expect(faultsAfter(sid, change)).toEqual([expect.stringContaining(fault)]);
});
