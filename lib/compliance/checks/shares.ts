/** Checks that what is shared is what agreements say. */
import { roleArnIn } from '../../names';
import type { LiveShare } from '../../register';
import { REGISTER_FILE } from '../../wire';
import type { Check, JudgedAssembly, Judgement } from '../check';
import { bucketNameOf, holdersOf, isExchangeBucket, liveSharesOf, membersOf, organisationOf } from '../facts';
import {
  eachOf,
  fail,
  holds,
  notAsked,
  onFile,
  pass,
  resourcesOf,
  type Seen,
  type Verdict,
} from '../judging';
import { asked, statementsAt } from '../statements';

export const POINT = 'AWS::S3::AccessPoint';
export const NONE = 'No agreement is in force or to come, so there is no access point.';

/** The share that an access point is for, if it is one of its own account’s owner. */
export function shareOf({ resource, stack, assembly }: Seen): LiveShare | undefined {
  const owner = organisationOf(assembly, stack);
  return liveSharesOf(assembly, owner?.id ?? '').find((share) => share.id === resource.properties.Name);
}

export const policyOf = (seen: Seen) => statementsAt(seen, 'Policy');

/** Whom an access point lets in, and to what, against its share. */
function exactly(seen: Seen): Verdict {
  const share = shareOf(seen);
  if (share === undefined)
    return fail('No agreement of this owner asks for this access point.', 'Properties', 'Name');
  const { agreement, recipient } = share;
  const arn = `arn:aws:s3:${seen.stack.region}:${seen.stack.account}:accesspoint/${share.id}`;
  const wanted = `${arn}/object/agreements/${agreement.id}/*`;
  const reader = roleArnIn(recipient.account, 'collect');
  const statements = policyOf(seen).filter((each) => each.allows);
  const wrong = statements.find((each) => {
    const [holder, ...more] = holdersOf(each);
    const { anybody, aws, services, others } = each.principals;
    const right =
      !anybody &&
      services.length + others.length === 0 &&
      aws.every((one) => one === `arn:aws:iam::${recipient.account}:root`);
    const prefix = asked(each, 's3:prefix', ['StringEquals', 'StringLike']);
    const place = each.resources.every(
      (one) =>
        one === wanted ||
        (one === arn &&
          prefix.length > 0 &&
          prefix.every((value) => value.startsWith(`agreements/${agreement.id}/`))),
    );
    return each.inverted || holder !== reader || more.length > 0 || !right || !place;
  });
  if (wrong)
    return fail(`${wrong.sid} gives something else than ${agreement.id} gives ${recipient.id}.`, ...wrong.at);
  const bucket = seen.resource.properties.Bucket === bucketNameOf(seen.assembly, seen.stack.account);
  return holds(
    bucket && statements.length > 0,
    `It lets ${recipient.id}’s collect role, and nobody else, into what lies under agreement ${agreement.id}.`,
    bucket
      ? 'It lets nobody in, though the agreement has days left.'
      : 'It is of another bucket than the owner’s.',
    'Properties',
    'Name',
  );
}

/** Shares without an access point. */
function missing(assembly: JudgedAssembly): Judgement[] {
  const made = new Set(
    resourcesOf(assembly, [POINT]).map(
      ({ resource, stack }) => `${stack.account} ${String(resource.properties.Name)}`,
    ),
  );
  return membersOf(assembly).flatMap(({ id, account }) =>
    liveSharesOf(assembly, id)
      .filter((share) => !made.has(`${account} ${share.id}`))
      .map((share) => {
        const index = assembly.register.agreements.findIndex((each) => each.id === share.agreement.id);
        return onFile(
          assembly,
          REGISTER_FILE,
          fail(
            `${share.recipient.id} has no access point, though ${share.agreement.id} names it.`,
            'agreements',
            index,
          ),
        );
      }),
  );
}

/** The bucket’s own policy lets callers in only through access points of the same account. */
function delegates(seen: Seen): Verdict {
  if (
    !isExchangeBucket({
      ...seen,
      resource: { ...seen.resource, properties: { BucketName: seen.resource.properties.Bucket } },
    })
  )
    return notAsked(
      'It is of a bucket of the operator’s, which holds no organisation’s data.',
      'Properties',
      'Bucket',
    );
  const { account, region } = seen.stack;
  const pattern = `arn:aws:s3:${region}:${account}:accesspoint/????????????--*`;
  const direct = statementsAt(seen, 'PolicyDocument').find(
    (each) =>
      each.allows &&
      (asked(each, 's3:DataAccessPointAccount', ['StringEquals']).join() !== account ||
        asked(each, 's3:DataAccessPointArn', ['ArnLike']).join() !== pattern),
  );
  return direct
    ? fail(`${direct.sid} lets somebody in past the access points.`, ...direct.at)
    : pass('It lets in only what access points of this account let in.', 'Properties', 'PolicyDocument');
}

const eachPoint = eachOf([POINT], exactly, NONE);
const eachPolicy = eachOf(['AWS::S3::BucketPolicy'], delegates, 'The assembly has no bucket policy.');
const ALLOWED = new Set(['s3:getobject', 's3:listbucket']);

export const SHARES: readonly Check[] = [
  {
    id: 'S3-XACCT',
    title:
      'The access that organisations have to one another’s buckets is what the agreements of the register give: no more and no less.',
    reads: [
      'AWS::S3::AccessPoint Name, Bucket, Policy',
      'AWS::S3::BucketPolicy PolicyDocument',
      'register.json agreements',
    ],
    why: 'Nothing is shared without an agreement, and what is agreed is shared. A generic rule flags any access across accounts; here sharing is the purpose, and the right test is equality.',
    goals: [
      'csp-9_goal.6',
      'csp-3_goal.2',
      'csp-8_goal.1',
      'csp-8_goal.2',
      'csp-9_goal.2',
      'csp-9_goal.4',
      'csp-9_goal.5',
      'csp-9_goal.7',
      'csp-11_goal.1',
    ],
    doesNotProve: 'That the sharing is lawful.',
    remediation:
      'Make one access point for each share, for its recipient’s collect role and its agreement’s prefix.',
    judge: (assembly) => [...eachPoint(assembly), ...eachPolicy(assembly), ...missing(assembly)],
  },
  {
    id: 'S3-XACTIONS',
    title: 'Recipients can get and list objects, and do nothing else.',
    reads: ['AWS::S3::AccessPoint Policy'],
    why: 'A recipient that could write or delete could change the owner’s record.',
    goals: ['csp-3_goal.2', 'csp-9_goal.4'],
    doesNotProve: 'What recipients do with what they have read.',
    remediation: 'Allow s3:GetObject and s3:ListBucket only.',
    judge: eachOf(
      [POINT],
      (seen) => {
        const more = policyOf(seen).find(
          (each) => each.allows && (each.inverted || each.actions.some((action) => !ALLOWED.has(action))),
        );
        return more
          ? fail(
              `${more.sid} allows ${more.actions.filter((each) => !ALLOWED.has(each)).join(', ')}.`,
              ...more.at,
            )
          : pass('It allows getting and listing, and nothing else.', 'Properties', 'Policy');
      },
      NONE,
    ),
  },
];
