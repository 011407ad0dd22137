/** Every policy document of an assembly, and what in them does not fit AWS’s reference for a reason. */
import { readdirSync } from 'node:fs';
import { baselineIn, baselinesIn, isAskedPolicy, openAssembly, placedIn } from '../../lib/assembly';
import { documentsIn, type FoundDocument, type Misfit } from '../policy/reference/misfits';
import { type Sample, textOf } from './sample-assembly';

/** What does not fit by the reference, and stands there for a reason. */
export const KNOWN_MISFITS: readonly (Omit<Misfit, 'where' | 'sid' | 'action'> & {
  readonly sids: readonly string[];
  readonly actions: readonly string[];
  readonly reason: string;
})[] = [
  {
    what: 'key',
    about: 's3:TlsVersion',
    sids: ['DenyTlsBelowOnePointTwo'],
    actions: [
      's3:AllowVendedLogDeliveryForResource',
      's3:InitiateReplication',
      's3:PutAccessPointPublicAccessBlock',
    ],
    reason:
      'Permissions that no request asks for by itself, among those that s3:* stands for. The request that needs one has its own action, which has the key.',
  },
  {
    what: 'key',
    about: 's3:DataAccessPointArn',
    sids: ['OwnAccessPointsDecideWhoReads', 'OwnAccessPointsDecideWhoLists'],
    actions: ['s3:GetObject', 's3:ListBucket'],
    reason:
      'The reference gives it with the access point alone; S3 gives it to the policy of the bucket behind it too: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control',
  },
  {
    what: 'key',
    about: 's3:DataAccessPointAccount',
    sids: ['OwnAccessPointsDecideWhoReads', 'OwnAccessPointsDecideWhoLists'],
    actions: ['s3:GetObject', 's3:ListBucket'],
    reason:
      'As s3:DataAccessPointArn: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control',
  },
];

/** All policy documents of an assembly, wherever they stand. */
export function documentsOf({ folder, zone }: Sample): FoundDocument[] {
  const { stacks } = openAssembly(folder);
  const embedded = baselinesIn(stacks).map((each) => baselineIn(each, zone.account, zone.region));
  return [
    ...[...stacks, ...embedded].flatMap((stack) =>
      placedIn(stack)
        .filter(({ resource }) => resource.Type !== 'AWS::CloudFormation::StackSet')
        .flatMap(({ place, properties }) => documentsIn(properties, place)),
    ),
    ...readdirSync(folder)
      .filter(isAskedPolicy)
      .flatMap((file) => documentsIn(textOf({ folder }, file), file)),
  ];
}

/** Whether it is one of those. */
export const isKnown = ({ what, about, sid, action }: Misfit) =>
  KNOWN_MISFITS.some(
    (each) =>
      each.what === what && each.about === about && each.sids.includes(sid) && each.actions.includes(action),
  );
