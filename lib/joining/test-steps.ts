/**
 * A first transfer as an officer does it, by the client and the profile alone: from unpacking the pack to the receipt, one
 * command for each step, with who does it, how long it takes and what is seen. With each the requests that it rests on.
 */
import type { RequestInput } from '../iam';
import { accessPointArn, agreementPrefix, bucketArn, type RolePurpose, zoneBucketName } from '../names';
import { isLive, type Organisation, type Share, sharesOf, signInOf } from '../register';
import type { IsoDate } from '../register/calendar';
import { PROFILE_FILE, SEALED_ENDING } from '../wire';
import { andList, code, orList, say, type Words } from '../words';
import { CLEAN, TLS } from './request-context';
import { firstDay, fromWhen, sharesToTry } from './shares-to-try';
import type { PackSource } from './source';
import { testFileOf } from './test-file';

/** One step. */
interface OfficerStep {
  readonly title: Words;
  readonly who: string;
  readonly howLong: string;
  readonly says: Words | undefined;
  /** Lines to type, or to save. */
  readonly lines: readonly string[];
  readonly seen: Words;
  /** What AWS has to let the roles do, for it to come out as is said. */
  readonly asks: readonly RoleAsks[];
  /** The first day on which it can be done. */
  readonly on: IsoDate;
}

/** A request, and the role that makes it. @internal Only tests import it. */
export interface RoleAsks {
  readonly by: RolePurpose;
  readonly asks: Omit<RequestInput, 'caller'>;
}

type Direction = 'deposit' | 'collect';

/** The steps of one person, in their order, whole by themselves. */
export interface OfficerRun {
  readonly directions: readonly Direction[];
  readonly steps: readonly OfficerStep[];
}

/**
 * What there is to try: in one go where one sign-in does for both, else one for whoever deposits and one for whoever collects.
 * None where there is nothing to try yet.
 */
export function testRuns(source: PackSource): OfficerRun[] {
  const { own, theirs } = sharesToTry(source);
  const first = (...directions: Direction[]) => [unpacking(source), signingIn(source, directions)];
  if (own && theirs && isOneSignIn(source.organisation))
    return [
      {
        directions: ['deposit', 'collect'],
        steps: [...first('deposit', 'collect'), ...sending(source, own), ...fetching(source, theirs)],
      },
    ];
  return [
    ...(own
      ? [{ directions: ['deposit' as const], steps: [...first('deposit'), ...sending(source, own)] }]
      : []),
    ...(theirs
      ? [{ directions: ['collect' as const], steps: [...first('collect'), ...fetching(source, theirs)] }]
      : []),
  ];
}

/** Whether somebody who may deposit is known in the same way as one who may collect. */
function isOneSignIn(organisation: Organisation): boolean {
  const [deposits, collects] = [signsIn(organisation, 'deposit'), signsIn(organisation, 'collect')];
  return deposits === collects && (deposits || rolesFor(organisation, ['deposit', 'collect']).length > 0);
}

function unpacking({ client, asOf }: PackSource): OfficerStep {
  return {
    title: 'Unpack this pack',
    who: 'you',
    howLong: 'a minute',
    says: say`Put ${code(client.name)} and ${code(PROFILE_FILE)} into an empty folder, open a terminal in it, and type all that follows there. It needs Node 20 or later.`,
    lines: [`node ${client.name} help`],
    seen: 'the commands of the client, one in each line.',
    asks: [],
    on: asOf,
  };
}

/** @param directions what is done by it, all in one way */
function signingIn(
  { organisation, client, asOf }: PackSource,
  directions: readonly Direction[],
): OfficerStep {
  const step = { who: 'you', howLong: 'a minute or two', asks: [], on: asOf };
  if (directions.every((each) => signsIn(organisation, each)))
    return {
      ...step,
      title: `Sign in, to ${andList(directions)}`,
      says: say`Your browser opens; sign in there as you always do. Without a browser on this computer, add ${code('--device')}. It lasts an hour as a rule; then sign in again.`,
      lines: [`node ${client.name} signin`],
      seen: say`${code('Signed in as')} and your name there, until when, and that you may ${andList(directions)}.`,
    };
  const before = signInOf(organisation)
    ? say` Who has signed in on this computer before signs out first: ${code(`node ${client.name} signout`)}.`
    : '';
  return {
    ...step,
    title: `Sign in to AWS, to ${andList(directions)}`,
    says: say`Sign in as your IT has set it up for you, as ${orList(rolesFor(organisation, directions))}. Then say in this terminal by which profile of AWS, in place of YOURS; in PowerShell by ${code("$env:AWS_PROFILE = 'YOURS'")}.${before}`,
    lines: ['export AWS_PROFILE=YOURS'],
    seen: 'nothing. The steps below take on the landing zone’s roles by it.',
  };
}

function signsIn(organisation: Organisation, direction: Direction): boolean {
  const signIn = signInOf(organisation);
  return (direction === 'deposit' ? signIn?.mayDeposit : signIn?.mayCollect) !== undefined;
}

/** The roles that the register names for all of it, by their names in the account. */
function rolesFor(organisation: Organisation, directions: readonly Direction[]): string[] {
  const depositors = organisation.membership === 'member' ? organisation.mayDeposit : [];
  const [first = [], ...others] = directions.map((each) =>
    each === 'collect' ? organisation.mayCollect : depositors,
  );
  return first
    .filter((arn) => others.every((each) => each.includes(arn)))
    .map((arn) => arn.slice(arn.indexOf(':role/') + 1));
}

function sending(source: PackSource, share: Share): OfficerStep[] {
  const { register, organisation, asOf, client } = source;
  const { zone } = register;
  const { agreement } = share;
  // A deposit is for every recipient of its agreement.
  const recipients = andList(
    sharesOf(register, asOf).flatMap((each) =>
      each.agreement.id === agreement.id && each.owner.id === organisation.id && isLive(each)
        ? each.recipient.name
        : [],
    ),
  );
  const file = testFileOf(agreement, register);
  const key = `${agreementPrefix(agreement.id)}${file.name}${agreement.sealed ? SEALED_ENDING : ''}`;
  const transfer = key.slice(key.indexOf('/') + 1);
  const asks = (action: string): RoleAsks => ({
    by: 'deposit',
    asks: {
      action,
      resource: `${bucketArn(zone, organisation.account)}/${key}`,
      resourceAccount: organisation.account,
      context: { ...TLS, 'aws:PrincipalOrgID': zone.awsOrganizationId },
    },
  });
  const on = firstDay(share, asOf);
  return [
    {
      title: say`Make a file to send, under ${code(agreement.id)}`,
      who: 'you',
      howLong: 'a minute',
      says: file.make,
      lines: file.content === undefined ? [] : [file.content.trimEnd()],
      seen: say`${code(file.name)} in the folder.`,
      asks: [],
      on,
    },
    {
      title: say`Send it to ${recipients}${fromWhen(share)}`,
      who: 'you; the malware scan and the release gate by themselves',
      howLong: 'a few minutes',
      says: 'Leave it running: it checks the file, sends it and waits. If you stop it, type it again.',
      lines: [
        `node ${client.name} deposit ${agreement.id} ${file.name}${file.type === undefined ? '' : ` --type ${file.type}`} --wait`,
      ],
      seen: say`${code('deposited')} with the transfer’s name and version, then ${code('released')}. Tell ${recipients} that it can be collected.`,
      asks: [asks('s3:PutObject'), asks('s3:GetObjectTagging')],
      on,
    },
    receiptStep(source, transfer, on, 'that you sent it'),
    {
      title: 'Take it back',
      who: 'you',
      howLong: 'a minute',
      says: 'Once it has been collected, or if nobody will. Type the name when you are asked.',
      lines: [`node ${client.name} recall ${transfer}`],
      seen: say`${code('recalled')} with the transfer’s name and version. The record of the transfer stays.`,
      asks: [asks('s3:DeleteObject')],
      on,
    },
  ];
}

function fetching(source: PackSource, share: Share): OfficerStep[] {
  const { register, organisation, asOf, client } = source;
  const { zone } = register;
  const { agreement, owner } = share;
  const file = testFileOf(agreement, register);
  const prefix = agreementPrefix(agreement.id);
  const asks = (action: string, object: string, more: object = {}): RoleAsks => ({
    by: 'collect',
    asks: {
      action,
      resource: `${bucketArn(zone, owner.account)}${object}`,
      resourceAccount: owner.account,
      accessPoint: accessPointArn(zone, owner.account, share.id),
      context: {
        ...TLS,
        ...CLEAN,
        'aws:ResourceOrgID': zone.awsOrganizationId,
        ...(organisation.membership === 'member' && { 'aws:PrincipalOrgID': zone.awsOrganizationId }),
        ...more,
      },
    },
  });
  const on = firstDay(share, asOf);
  const list = asks('s3:ListBucket', '', { 's3:prefix': prefix });
  const read = asks('s3:GetObject', `/${prefix}${file.name}${agreement.sealed ? SEALED_ENDING : ''}`);
  return [
    {
      title: say`See what lies for you, under ${code(agreement.id)}`,
      who: `you, once ${owner.name} has sent it`,
      howLong: 'seconds',
      says: say`Ask ${owner.name} to send ${code(file.name)}, as its own pack says${fromWhen(share)}.`,
      lines: [`node ${client.name} inbox ${agreement.id}`],
      seen: say`${code(`${agreement.id}/${file.name}${agreement.sealed ? SEALED_ENDING : ''}`)}, from whom, and ${code('ready')}. If it says ${code('held')}, type it again in some minutes.`,
      asks: [list, read],
      on,
    },
    {
      title: 'Collect it',
      who: 'you',
      howLong: 'seconds',
      says: agreement.sealed
        ? say`It is sealed: give the file with your organisation’s secret key in place of ${code('your.key')}.`
        : undefined,
      lines: [
        `node ${client.name} collect ${agreement.id} --to collected${agreement.sealed ? ' --identity your.key' : ''}`,
      ],
      seen: say`${code(`collected/${agreement.id}/${file.name}`)}, which is where the file lies now, whole.`,
      asks: [list, read],
      on,
    },
    receiptStep(source, `collected/${agreement.id}/${file.name}`, on, 'that you collected it'),
  ];
}

function receiptStep(
  { register, organisation, client }: PackSource,
  transfer: string,
  on: IsoDate,
  what: string,
): OfficerStep {
  const { zone } = register;
  return {
    title: say`File the receipt ${what}`,
    who: 'you; the ledger by itself',
    howLong: 'about 10 minutes, at most 30',
    says: 'The ledger learns of it some minutes later. Leave this running: it waits, and checks what it gets.',
    lines: [`node ${client.name} receipt ${transfer} --wait 30`],
    seen: say`in ${code('receipts')} a page for the file and a folder with the proof; then ${code('Checked')}.`,
    asks: [
      {
        by: 'receipts',
        asks: {
          action: 's3:GetObject',
          resource: `arn:aws:s3:::${zoneBucketName(zone, 'ledger')}/receipts/${organisation.account}/1`,
          resourceAccount: zone.accounts.zone,
          context: { ...TLS, 'aws:PrincipalOrgID': zone.awsOrganizationId },
        },
      },
    ],
    on,
  };
}
