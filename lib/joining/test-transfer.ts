/** A first transfer, with what must be refused: the commands to type, and for each the request that it makes. */
import type { RequestInput } from '../iam';
import {
  accessPointArn,
  agreementPrefix,
  bucketArn,
  bucketName,
  GATE_RELEASED,
  GATE_TAG,
  type RolePurpose,
  roleArn,
} from '../names';
import { isLive, type Share, sharesOf, somebodyDeposits } from '../register';
import { type IsoDate, inWords } from '../register/calendar';
import type { PackSource } from './source';

/** One command. @internal Only tests import it. */
export interface Step {
  readonly says: string;
  readonly command: string;
  readonly outcome: 'works' | 'is refused';
  readonly by: RolePurpose;
  /** The call that decides whether it works. */
  readonly asks: Omit<RequestInput, 'caller'>;
}

/** A transfer to try, under an agreement. */
export interface TestTransfer {
  readonly title: string;
  /** The first day on which it can be tried. */
  readonly on: IsoDate;
  readonly steps: readonly Step[];
}

const TLS = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 's3:authType': 'REST-HEADER' };
const CLEAN = {
  's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
  [`s3:ExistingObjectTag/${GATE_TAG}`]: GATE_RELEASED,
};

/** The transfers that the organisation can try: one in which it deposits, one in which it collects. */
export function testTransfers(source: PackSource): TestTransfer[] {
  const { register, organisation, asOf } = source;
  // A test in clear under a sealed agreement would be rejected: such a one is tried only where there is no other.
  const live = sharesOf(register, asOf)
    .filter(isLive)
    .sort((a, b) => Number(a.agreement.sealed !== undefined) - Number(b.agreement.sealed !== undefined));
  const own = live.find(({ owner }) => owner.id === organisation.id);
  const theirs = live.find(({ recipient }) => recipient.id === organisation.id);
  return [
    ...(somebodyDeposits(organisation) ? [depositing(source, own)] : []),
    ...(theirs ? [collecting(source, theirs)] : []),
  ];
}

function depositing({ register, organisation, asOf }: PackSource, share: Share | undefined): TestTransfer {
  const { zone } = register;
  const { account } = organisation;
  const bucket = bucketName(zone, account);
  const name = `${agreementPrefix(share?.agreement.id ?? 'joining-test')}test.txt`;
  const put = `aws s3api put-object --profile concordat-deposit --bucket ${bucket} --key ${name} --body test.txt`;
  const asks = (action: string, more: object = {}): Step['asks'] => ({
    action,
    resource: `${bucketArn(zone, account)}/${name}`,
    resourceAccount: account,
    context: { ...TLS, 'aws:PrincipalOrgID': zone.awsOrganizationId, ...more },
  });
  const step = (outcome: Step['outcome'], says: string, command: string, request: Step['asks']): Step => ({
    says,
    command,
    outcome,
    by: 'deposit',
    asks: request,
  });
  return {
    title: share
      ? `You deposit, under the agreement ${share.agreement.id}${from(share)}`
      : 'You deposit. No agreement covers it yet, so tell the operator first: the ledger will record it as out of order',
    on: firstDay(share, asOf),
    steps: [
      step('works', 'Deposit a file that says nothing.', put, asks('s3:PutObject')),
      step(
        'works',
        'Within a few minutes this shows NO_THREATS_FOUND.',
        `aws s3api get-object-tagging --profile concordat-deposit --bucket ${bucket} --key ${name}`,
        asks('s3:GetObjectTagging'),
      ),
      step(
        'is refused',
        'Who deposits cannot read.',
        `aws s3api get-object --profile concordat-deposit --bucket ${bucket} --key ${name} read.txt`,
        asks('s3:GetObject', CLEAN),
      ),
      step(
        'is refused',
        'Nothing is taken that another key encrypts.',
        `${put} --server-side-encryption AES256`,
        asks('s3:PutObject', { 's3:x-amz-server-side-encryption': 'AES256' }),
      ),
      step(
        'is refused',
        'Without the key’s ARN, AWS would take a key of its own.',
        `${put} --server-side-encryption aws:kms`,
        asks('s3:PutObject', { 's3:x-amz-server-side-encryption': 'aws:kms' }),
      ),
      step(
        'works',
        share ? 'When the recipient has read it, recall it.' : 'Recall it.',
        `aws s3api delete-object --profile concordat-deposit --bucket ${bucket} --key ${name}`,
        asks('s3:DeleteObject'),
      ),
    ],
  };
}

function collecting({ register, organisation, asOf }: PackSource, share: Share): TestTransfer {
  const { zone } = register;
  const { agreement, owner } = share;
  const point = accessPointArn(zone, owner.account, share.id);
  const prefix = agreementPrefix(agreement.id);
  const asks = (action: string, object: string, through?: string, more: object = {}): Step['asks'] => ({
    action,
    resource: `${bucketArn(zone, owner.account)}${object === '' ? '' : `/${object}`}`,
    resourceAccount: owner.account,
    ...(through && { accessPoint: through }),
    context: {
      ...TLS,
      ...CLEAN,
      'aws:ResourceOrgID': zone.awsOrganizationId,
      ...(organisation.membership === 'member' && { 'aws:PrincipalOrgID': zone.awsOrganizationId }),
      ...more,
    },
  });
  const get = (bucket: string, key: string) =>
    `aws s3api get-object --profile concordat-collect --bucket ${bucket} --key ${key} read.txt`;
  const step = (outcome: Step['outcome'], says: string, command: string, request: Step['asks']): Step => ({
    says,
    command,
    outcome,
    by: 'collect',
    asks: request,
  });
  return {
    title: `You collect from ${owner.name}, under the agreement ${agreement.id}${from(share)}. Ask it to deposit test.txt first`,
    on: firstDay(share, asOf),
    steps: [
      step(
        'works',
        'List what is there.',
        `aws s3api list-objects-v2 --profile concordat-collect --bucket ${point} --prefix ${prefix}`,
        asks('s3:ListBucket', '', point, { 's3:prefix': prefix }),
      ),
      step(
        'works',
        'Read it.',
        get(point, `${prefix}test.txt`),
        asks('s3:GetObject', `${prefix}test.txt`, point),
      ),
      step(
        'is refused',
        'Nothing outside the agreement can be read.',
        get(point, 'agreements/another/test.txt'),
        asks('s3:GetObject', 'agreements/another/test.txt', point),
      ),
      step(
        'is refused',
        'The bucket itself cannot be read, past the access point.',
        get(bucketName(zone, owner.account), `${prefix}test.txt`),
        asks('s3:GetObject', `${prefix}test.txt`),
      ),
    ],
  };
}

function firstDay(share: Share | undefined, asOf: IsoDate): IsoDate {
  return share?.days && share.days.from > asOf ? share.days.from : asOf;
}

function from({ state, days }: Share): string {
  return state === 'to-come' && days ? `, from ${inWords(days.from)}` : '';
}

/** The lines for `~/.aws/config` that a transfer’s commands need. @param source the profile of a role that the register names */
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
