/** Checks on who runs and who uses keys. */
import { roleArnIn } from '../../names';
import type { Check, JudgedAssembly } from '../check';
import { holdersOf, identityOf } from '../facts';
import { eachOf, fail, holds, listed, pass } from '../judging';
import { eachKey, type JudgedKey } from '../keys';
import {
  asked,
  type CheckedStatement,
  covers,
  identityStatements,
  isOfOnePair,
  sameSet,
} from '../statements';
import { CRYPTOGRAPHIC, whole } from './keys';

/** What ends a key or takes it out of use. */
const ENDING = [
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DeleteImportedKeyMaterial',
  'kms:ImportKeyMaterial',
];
const ADMINISTRATION = [
  ...ENDING,
  'kms:PutKeyPolicy',
  'kms:CancelKeyDeletion',
  'kms:EnableKey',
  'kms:RotateKeyOnDemand',
];
const USE = [...CRYPTOGRAPHIC, 'kms:Sign', 'kms:DeriveSharedSecret', 'kms:GenerateMac'];
export const READING = ['kms:Decrypt', 'kms:ReEncryptFrom'];

export const allowing = (statements: readonly CheckedStatement[], actions: readonly string[]) =>
  statements.filter((each) => each.allows && actions.some((action) => covers(each, action)));

/** The bucket to which a member’s key is held. */
export function bucketArn({ register: { zone } }: JudgedAssembly, account: string): string {
  return `arn:aws:s3:::${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
}

/** Whether a grant could only be for an AWS service’s own work, or for a recipient to read this one bucket. */
function boundedGrant(
  statement: CheckedStatement,
  { account, member }: JudgedKey,
  assembly: JudgedAssembly,
): boolean {
  if (asked(statement, 'kms:GrantIsForAWSResource', ['Bool']).join() === 'true') return true;
  const conditions = (operator: string, key: string) => asked(statement, key, [operator]);
  const broker = roleArnIn(account, 'grant-broker');
  return (
    member !== undefined &&
    sameSet(holdersOf(statement), [broker]) &&
    conditions('StringEquals', 'kms:GrantConstraintType').join() === 'EncryptionContextEquals' &&
    conditions('StringEquals', 'kms:EncryptionContext:aws:s3:arn').join() === bucketArn(assembly, account) &&
    isOfOnePair(statement) &&
    conditions('StringEquals', 'kms:RetiringPrincipal').join() === broker &&
    conditions('StringLike', 'kms:GranteePrincipal').join() === roleArnIn('*', 'collect') &&
    conditions('Null', 'kms:GrantOperations').join() === 'false' &&
    sameSet(conditions('ForAllValues:StringEquals', 'kms:GrantOperations'), ['Decrypt', 'DescribeKey'])
  );
}

export const KEY_HOLDERS: readonly Check[] = [
  {
    id: 'KMS-CUSTODY',
    title:
      'Every organisation’s key is run by the administrators that its register file names, and by nobody outside its account.',
    reads: ['AWS::KMS::Key KeyPolicy', 'key-policy-*.json', 'register.json organisations'],
    why: 'Whoever can end a key can end all access to the data under it.',
    goals: [
      'csp-2.3',
      'csp-2.4_goal.1',
      'csp-6.1_goal.1',
      'csp-6.2_goal.3',
      'csp-6.2_goal.5',
      'csp-12_goal.3',
    ],
    doesNotProve: 'Which people take on the roles that are named.',
    remediation:
      'Name the administrators of the register in the statements that end or disable the key, and no others.',
    judge: eachKey(['shared-data'], ({ statements, account, member }) => {
      const allowed = statements.filter((each) => each.allows);
      const outside = allowed.find(
        ({ principals }) =>
          principals.anybody ||
          principals.services.length + principals.others.length > 0 ||
          principals.aws.some((each) => !each.startsWith(`arn:aws:iam::${account}:`)),
      );
      if (outside)
        return fail(`${outside.sid} lets in somebody outside the organisation’s account.`, ...outside.at);
      const enders = allowing(statements, ENDING);
      return holds(
        sameSet(enders.flatMap(holdersOf), member?.custody.administrators ?? []),
        `Only ${listed(member?.custody.administrators ?? [])} can disable or end it, as the register says.`,
        `These can disable or end it: ${listed(enders.flatMap(holdersOf))}. The register names ${listed(member?.custody.administrators ?? [])}.`,
        ...(enders[0]?.at ?? whole(statements)),
      );
    }),
  },
  {
    id: 'KMS-SEP',
    title: 'Nobody both runs and uses a key of shared data, of log files or of the ledger.',
    reads: ['AWS::KMS::Key KeyPolicy', 'key-policy-*.json'],
    why: 'Whoever runs a key should not be able to read with it.',
    goals: ['csp-9_goal.4', 'csp-12_goal.3', 'csp-12_goal.4'],
    doesNotProve:
      'That whoever may change a key policy does not add themselves: ALM-SEC tells of such a change.',
    remediation: 'Take either administration or use away from whoever has both.',
    judge: eachKey(
      ['shared-data', 'log-files', 'ledger', 'ledger-signature', 'not said'],
      ({ statements }) => {
        const running = new Set(allowing(statements, ADMINISTRATION).flatMap(holdersOf));
        const both = allowing(statements, USE).filter((each) =>
          holdersOf(each).some((holder) => running.has(holder)),
        );
        return both.length === 0
          ? pass('Those who run it and those who use it are different.', ...whole(statements))
          : both.map((each) =>
              fail(`${each.sid} gives use to ${listed(holdersOf(each))}, who also runs the key.`, ...each.at),
            );
      },
      ({ purpose }) =>
        `It is for ${purpose}, and encrypts no shared data: its account runs it, and uses it by way of one AWS service only.`,
    ),
  },
  {
    id: 'KMS-GRANT',
    title: 'Grants can be made only for AWS’s own encryption, or by the grant broker for reading one bucket.',
    reads: ['AWS::KMS::Key KeyPolicy', 'key-policy-*.json'],
    why: 'A grant is access that no policy shows.',
    goals: ['csp-3_goal.2', 'csp-9_goal.2', 'csp-9_goal.4'],
    doesNotProve: 'Which grants there are now.',
    remediation: 'Allow kms:CreateGrant with kms:GrantIsForAWSResource, or to the broker in its one shape.',
    judge: eachKey('all', (key, assembly) => {
      const makers = allowing(key.statements, ['kms:CreateGrant']);
      const open = makers.filter((each) => !boundedGrant(each, key, assembly));
      if (open.length > 0)
        return open.map((each) => fail(`${each.sid} allows grants of other kinds.`, ...each.at));
      return makers.length === 0
        ? pass('Nobody may make a grant.', ...whole(key.statements))
        : makers.map((each) => pass(`${each.sid} allows one kind of grant.`, ...each.at));
    }),
  },
  {
    id: 'KMS-IAM',
    title:
      'No role may decrypt with keys that it does not name, unless in the AWS organisation and through one AWS service.',
    reads: [
      'AWS::IAM::Role Policies',
      'AWS::IAM::Policy PolicyDocument',
      'AWS::IAM::ManagedPolicy PolicyDocument',
    ],
    why: 'Both the role’s policy and the key must say yes; the role’s side should be as narrow as can be known.',
    goals: ['csp-9_goal.4'],
    doesNotProve: 'What the keys’ own policies and grants say: KMS-READERS does.',
    remediation:
      'Name the key; where its id is not known, hold the statement by aws:ResourceOrgID and kms:ViaService.',
    judge: eachOf(
      ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
      (seen) => {
        const reading = allowing(identityStatements(seen), READING);
        const open = reading.filter(
          (each) => each.inverted || each.resources.some((resource) => !keyIsBounded(resource, each)),
        );
        if (open.length > 0)
          return open.map((each) =>
            fail(`${each.sid} allows decryption with keys that are not bounded.`, ...each.at),
          );
        return reading.length === 0
          ? pass('It may not decrypt.', ...identityOf(seen))
          : reading.map((each) => pass(`${each.sid} is held to ${listed(each.resources)}.`, ...each.at));
      },
      'The assembly has no role.',
    ),
  },
];
function keyIsBounded(resource: string, statement: CheckedStatement): boolean {
  const [, account, key] = /^arn:aws:kms:[a-z0-9-]+:(\d{12}|\*):key\/(.+)$/.exec(resource) ?? [];
  if (account === undefined || key === undefined) return false;
  if (!/[*?]/.test(account + key)) return true;
  const through = asked(statement, 'kms:ViaService', ['StringEquals']).some((each) =>
    each.endsWith('.amazonaws.com'),
  );
  return through && (account !== '*' || asked(statement, 'aws:ResourceOrgID', ['StringEquals']).length > 0);
}
