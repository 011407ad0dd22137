/** What must be refused, for an engineer to try: the commands of AWS to type, and for each the request that it makes. */
import type { RequestInput } from '../iam';
import { accessPointArn, agreementPrefix, bucketArn, bucketName, type RolePurpose, roleArn } from '../names';
import { type Share, somebodyDeposits } from '../register';
import type { IsoDate } from '../register/calendar';
import { SEALED_ENDING } from '../wire';
import { CLEAN, TLS } from './request-context';
import { firstDay, fromWhen, sharesToTry } from './shares-to-try';
import type { PackSource } from './source';
import { testFileOf } from './test-file';

/** One command. */
interface RefusedCommand {
  readonly says: string;
  readonly command: string;
  readonly by: RolePurpose;
  /** The call that decides that it is refused. */
  readonly asks: Omit<RequestInput, 'caller'>;
}

/** What one role must be refused. */
export interface RefusedRequests {
  readonly title: string;
  /** The first day on which it can be tried. */
  readonly on: IsoDate;
  readonly commands: readonly RefusedCommand[];
}

/** What is refused to those who deposit, and to those who collect. */
export function refusedRequests(source: PackSource): RefusedRequests[] {
  const { own, theirs } = sharesToTry(source);
  return [
    ...(somebodyDeposits(source.organisation) ? [depositing(source, own)] : []),
    ...(theirs ? [collecting(source, theirs)] : []),
  ];
}

function depositing(source: PackSource, share: Share | undefined): RefusedRequests {
  const { register, organisation, asOf } = source;
  const { zone } = register;
  const { account } = organisation;
  const bucket = bucketName(zone, account);
  const name = share ? objectOf(source, share) : `${agreementPrefix('joining-test')}test.txt`;
  const body = name.slice(name.lastIndexOf('/') + 1);
  const put = `aws s3api put-object --profile concordat-deposit --bucket ${bucket} --key ${name} --body ${body}`;
  const refused = (says: string, command: string, action: string, more: object = {}): RefusedCommand => ({
    says,
    command,
    by: 'deposit',
    asks: {
      action,
      resource: `${bucketArn(zone, account)}/${name}`,
      resourceAccount: account,
      context: { ...TLS, 'aws:PrincipalOrgID': zone.awsOrganizationId, ...more },
    },
  });
  return {
    title: share
      ? `For the role that deposits, under ${share.agreement.id}${fromWhen(share)}`
      : 'For the role that deposits. No agreement covers it yet, so tell the operator first',
    on: firstDay(share, asOf),
    commands: [
      refused(
        'Who deposits cannot read.',
        `aws s3api get-object --profile concordat-deposit --bucket ${bucket} --key ${name} read.txt`,
        's3:GetObject',
        CLEAN,
      ),
      refused(
        'Nothing is taken that another key encrypts.',
        `${put} --server-side-encryption AES256`,
        's3:PutObject',
        { 's3:x-amz-server-side-encryption': 'AES256' },
      ),
      refused(
        'Without the key’s ARN, AWS would take a key of its own.',
        `${put} --server-side-encryption aws:kms`,
        's3:PutObject',
        { 's3:x-amz-server-side-encryption': 'aws:kms' },
      ),
    ],
  };
}

function collecting(source: PackSource, share: Share): RefusedRequests {
  const { register, organisation, asOf } = source;
  const { zone } = register;
  const { agreement, owner } = share;
  const point = accessPointArn(zone, owner.account, share.id);
  const refused = (says: string, bucket: string, key: string, through?: string): RefusedCommand => ({
    says,
    command: `aws s3api get-object --profile concordat-collect --bucket ${bucket} --key ${key} read.txt`,
    by: 'collect',
    asks: {
      action: 's3:GetObject',
      resource: `${bucketArn(zone, owner.account)}/${key}`,
      resourceAccount: owner.account,
      ...(through && { accessPoint: through }),
      context: {
        ...TLS,
        ...CLEAN,
        'aws:ResourceOrgID': zone.awsOrganizationId,
        ...(organisation.membership === 'member' && { 'aws:PrincipalOrgID': zone.awsOrganizationId }),
      },
    },
  });
  return {
    title: `For the role that collects, from ${owner.name}, under ${agreement.id}${fromWhen(share)}`,
    on: firstDay(share, asOf),
    commands: [
      refused('Nothing outside the agreement can be read.', point, 'agreements/another/test.txt', point),
      refused(
        'The bucket itself cannot be read, past the access point.',
        bucketName(zone, owner.account),
        objectOf(source, share),
      ),
    ],
  };
}

/** The object of the test transfer. */
function objectOf({ register }: PackSource, { agreement }: Share): string {
  return `${agreementPrefix(agreement.id)}${testFileOf(agreement, register).name}${agreement.sealed ? SEALED_ENDING : ''}`;
}

/** The lines for `~/.aws/config` that the commands need. @param source the profile of a role that the register names */
export function profileLines(
  { register, organisation }: PackSource,
  purpose: RolePurpose,
  source: string,
): string[] {
  return [
    `[profile concordat-${purpose}]`,
    `role_arn = ${roleArn(organisation.account, purpose)}`,
    `source_profile = ${source}`,
    `region = ${register.zone.region}`,
  ];
}
