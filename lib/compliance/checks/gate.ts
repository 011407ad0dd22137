/** Checks on who says that an object is clean, and that it may be read. */
import { GATE_DECISIONS, GATE_RELEASED, GATE_TAG, roleArnIn } from '../../names';
import { awaitsMaterial } from '../../register';
import type { Check } from '../check';
import { bucketPolicyOf, isExchangeBucket, organisationOf } from '../facts';
import { eachOf, fail, holds, inStack, notAsked, pass, type Seen, textsOf, valueAt } from '../judging';
import {
  type CheckedStatement,
  covers,
  hasExactly,
  spellsOut,
  statementsAt,
  type Wanted,
} from '../statements';

const TAG = 'GuardDutyMalwareScanStatus';
const CLEAN = 'NO_THREATS_FOUND';
const ON_REPORTS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'];
const TAGGING = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];
const UNTAGGING = ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging', 's3:ReplicateTags'];

/** What the bucket’s policy leaves open of the gate, in words. */
function openings(seen: Seen): string[] {
  const policy = bucketPolicyOf(seen);
  const { account } = seen.stack;
  const objects = `arn:aws:s3:::${String(seen.resource.properties.BucketName)}/*`;
  const [scan, gate] = [roleArnIn(account, 'malware-scan'), roleArnIn(account, 'release-gate')];
  const denies = (actions: readonly string[], conditions: readonly Wanted[], where = objects) =>
    (policy ? statementsAt(policy, 'PolicyDocument') : []).some(
      (each: CheckedStatement) =>
        each.denies &&
        each.principals.anybody &&
        spellsOut(each, where) &&
        actions.every((action) => covers(each, action)) &&
        hasExactly(each, conditions),
    );
  const byGate = ['ArnEquals', 'aws:PrincipalArn', [gate]] as const;
  const byOthers = ['ArnNotEquals', 'aws:PrincipalArn', [gate]] as const;
  return [
    denies(TAGGING, [['ArnNotEquals', 'aws:PrincipalArn', [scan, gate]]])
      ? []
      : 'others than the malware scan and the release gate may tag objects',
    denies(UNTAGGING, [['ArnNotEquals', 'aws:PrincipalArn', [scan]]])
      ? []
      : 'others than the malware scan may remove tags',
    denies(TAGGING, [byGate, ['StringNotEquals', `s3:ExistingObjectTag/${TAG}`, [CLEAN]]])
      ? []
      : 'the release gate may tag what was not found clean',
    denies(TAGGING, [byGate, ['StringNotEquals', `s3:RequestObjectTag/${TAG}`, [CLEAN]]])
      ? []
      : 'the release gate may change the verdict of the malware scan',
    denies(TAGGING, [byGate, ['Null', `s3:ExistingObjectTag/${GATE_TAG}`, ['false']]])
      ? []
      : 'the release gate may change what it has decided',
    denies(TAGGING, [byGate, ['StringNotEquals', `s3:RequestObjectTag/${GATE_TAG}`, GATE_DECISIONS]])
      ? []
      : 'the release gate may decide otherwise than to release or to reject',
    denies(TAGGING, [
      byOthers,
      ['StringEquals', `s3:RequestObjectTag/${GATE_TAG}`, [GATE_RELEASED]],
      ['StringNotEquals', `s3:ExistingObjectTag/${GATE_TAG}`, [GATE_RELEASED]],
    ])
      ? []
      : 'others than the release gate may release objects',
    denies(ON_REPORTS, [byOthers], objects.replace(/\*$/, 'reports/*'))
      ? []
      : 'others than the release gate may write its reports, or take them away',
  ].flat();
}

export const GATE: readonly Check[] = [
  {
    id: 'GATE-LOCK',
    title:
      'Nobody but the malware scan can say that an object is clean, and nobody but the release gate that it may be read.',
    reads: ['AWS::S3::BucketPolicy PolicyDocument'],
    why: 'Verdict and decision are tags; whoever could write them could pass on malware, or data that breaks its contract.',
    goals: ['csp-11_goal.5', 'csp-14.1_goal.5'],
    doesNotProve: 'Who may change the bucket’s policy: ALM-SEC tells of such a change.',
    remediation:
      'Deny tagging, and the removal of tags, to all but the malware scan; the release gate may write its decision beside a clean verdict, once. Deny writing below reports/ to all but the gate.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen))
          return notAsked('It is the operator’s own and nobody deposits there.', 'Properties', 'BucketName');
        const open = openings(seen);
        return open.length === 0
          ? pass(
              'Its policy denies tagging to all but the malware scan and the release gate, which decides beside a clean verdict and once; and reports to all but the gate.',
              'Properties',
              'BucketName',
            )
          : fail(`By its policy ${open.join('; ')}.`, 'Properties', 'BucketName');
      },
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'GATE-PLAN',
    title:
      'Everything that an organisation deposits is scanned for malware, and the verdict is written on it.',
    reads: ['AWS::S3::Bucket BucketName', 'AWS::GuardDuty::MalwareProtectionPlan ProtectedResource, Actions'],
    why: 'What is not scanned never gets a clean verdict, and so is never read.',
    goals: ['csp-11_goal.5', 'csp-14.2_goal.5', 'csp-13.2_goal.1'],
    doesNotProve:
      'That GuardDuty knows every piece of malware, or sees anything of what is shared under a sealed agreement: there the recipient’s client has it scanned once it is opened.',
    remediation:
      'Make a malware protection plan for the bucket, with the prefix agreements/ and tagging enabled.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen))
          return notAsked('It is the operator’s own and nobody deposits there.', 'Properties', 'BucketName');
        const owner = organisationOf(seen.assembly, seen.stack);
        if (owner?.membership === 'member' && awaitsMaterial(owner.custody))
          return notAsked(
            'Its key waits for its material, so nothing can be deposited; the scan comes once the material is there.',
            'Properties',
            'BucketName',
          );
        const plan = inStack(seen, 'AWS::GuardDuty::MalwareProtectionPlan').find(
          ({ resource }) =>
            valueAt(resource.properties, 'ProtectedResource', 'S3Bucket', 'BucketName') ===
            seen.resource.properties.BucketName,
        )?.resource.properties;
        const prefixes = textsOf(valueAt(plan, 'ProtectedResource', 'S3Bucket', 'ObjectPrefixes'));
        return holds(
          plan !== undefined &&
            (prefixes.length === 0 || prefixes.includes('agreements/')) &&
            valueAt(plan, 'Actions', 'Tagging', 'Status') === 'ENABLED',
          'GuardDuty scans everything under agreements/, and tags it.',
          'No plan scans everything under agreements/ and tags it.',
          'Properties',
          'BucketName',
        );
      },
      'The assembly has no bucket.',
    ),
  },
];
