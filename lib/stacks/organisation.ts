/** The stack of a member, in its own account: key, bucket, roles, malware scan and shares. */
import { type Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  CollectRole,
  DepositRole,
  DepositsHeld,
  InboxNotices,
  KeyGrants,
  LiftRole,
  MalwareProtection,
  OrganisationBucket,
  OrganisationKey,
  ReceiptsRole,
  ReleaseGate,
  SecurityAlerts,
  SecurityChanges,
  ShareAccessPoint,
  SignInProvider,
  StopRole,
} from '../constructs';
import { MEMBER_FUNCTIONS, ORGANISATION_TAG } from '../names';
import { mayStopAll } from '../policy';
import {
  inboxesToldBySns,
  type LiveShare,
  type Member,
  mailboxUse,
  type Organisation,
  ownersCopies,
  type Register,
  somebodyCollects,
  somebodyDeposits,
} from '../register';
import { type IsoDate, within } from '../register/calendar';
import { bootstrapped } from './bootstrapped';
import { ConcordatStack } from './concordat-stack';
import { madeLast } from './made-last';

/** What every stack of an organisation is made from. */
export interface OrganisationStackProps<Kind extends Organisation = Member> {
  readonly register: Register;
  readonly organisation: Kind;
  /** The shares of this owner that this stack holds. */
  readonly shares: readonly LiveShare[];
  readonly asOf: IsoDate;
}

/** The main stack of a member. Its name is `Organisation-<id>`. */
export class OrganisationStack extends ConcordatStack {
  constructor(
    scope: Construct,
    id: string,
    props: OrganisationStackProps & { readonly allShares: readonly LiveShare[] },
  ) {
    const { register, organisation, shares, allShares, asOf } = props;
    super(scope, id, {
      ...stackSettings(props),
      description: `Concordat: key, bucket, roles and shares of ${organisation.name} (${organisation.id})`,
    });
    const { zone } = register;
    const { account } = organisation;
    const active = isActive(organisation, asOf);
    const { keyArn } = new OrganisationKey(this, 'EncryptionKey', {
      zone,
      organisation,
      externalRecipients: externalAccounts(allShares),
    });
    const { bucket } = new OrganisationBucket(this, 'Exchange', {
      zone,
      account,
      keyArn,
      page: mailboxUse(register, organisation, asOf),
      ended: ownersCopies(register, organisation.id, asOf),
    });
    const deposits = somebodyDeposits(organisation);
    const collects = somebodyCollects(organisation);
    const people = [
      ...(deposits ? [new DepositRole(this, 'Deposit', { zone, organisation, keyArn, active })] : []),
      ...(collects ? [new CollectRole(this, 'Collect', { zone, organisation, active })] : []),
      ...(deposits || collects ? [new ReceiptsRole(this, 'Receipts', { zone, organisation, active })] : []),
    ];
    if (organisation.signIn) {
      const { provider } = new SignInProvider(this, 'SignIn', organisation.signIn);
      // AWS’s pages leave open whether IAM takes trust in a provider that is not there.
      for (const { role } of people) role.addResourceDependency(provider);
    }
    const { mayStop = [], mayLift = [] } = organisation;
    if (mayStop.length > 0 || mayStopAll(zone))
      new StopRole(this, 'Stop', { zone, organisation, declared: mayStop });
    if (mayLift.length > 0) new LiftRole(this, 'Lift', { zone, organisation, declared: mayLift });
    const scan = new MalwareProtection(this, 'MalwareProtection', { zone, organisation, keyArn, bucket });
    const alerts = new SecurityAlerts(this, 'SecurityAlerts', {
      zone,
      account,
      whose: organisation.id,
      mailbox: organisation.contacts.security,
      functions: MEMBER_FUNCTIONS,
    });
    const heardIn = { zone, account, topicArn: alerts.topicArn };
    new SecurityChanges(this, 'SecurityChanges', heardIn);
    new DepositsHeld(this, 'DepositsHeld', heardIn);
    const grants = new KeyGrants(this, 'KeyGrants', {
      register,
      organisation,
      keyArn,
      shares: allShares,
      alerts,
    });
    const inboxes = inboxesToldBySns(register, organisation);
    if (inboxes.length > 0) new InboxNotices(this, 'InboxNotices', { inboxes, keyArn: alerts.keyArn });
    new ReleaseGate(this, 'ReleaseGate', { register, organisation, keyArn, alerts });
    const made = addShares(this, register, shares);
    for (const { accessPoint } of made) accessPoint.addResourceDependency(bucket);
    // The broker opens what it had closed only once the policy that is to hold is there.
    grants.follow(made);
    // GuardDuty writes an object as the plan is made, by a role whose rights take a while to be known everywhere; and what it says of the
    // plan then, and of what it scans, is to be heard.
    if (scan.plan) madeLast(this, [scan.plan]);
    Tags.of(this).add(ORGANISATION_TAG, organisation.id);
  }
}

/** A further stack of an owner with many shares; it holds access points only. Its name is `Organisation-<id>-shares-<n>`. */
export class SharesStack extends ConcordatStack {
  constructor(scope: Construct, id: string, props: OrganisationStackProps) {
    const { register, organisation, shares } = props;
    super(scope, id, {
      ...stackSettings(props),
      description: `Concordat: further shares of ${organisation.name} (${organisation.id})`,
    });
    addShares(this, register, shares);
    Tags.of(this).add(ORGANISATION_TAG, organisation.id);
  }
}

/** Whether an organisation may act on a day: it is neither paused nor gone. */
export function isActive({ paused, leaves }: Organisation, asOf: IsoDate): boolean {
  return !(paused && within(paused, asOf)) && (leaves === undefined || asOf <= leaves);
}

function addShares(stack: Stack, register: Register, shares: readonly LiveShare[]) {
  return shares.map(
    (share) =>
      new ShareAccessPoint(stack, `Share-${share.id}`, {
        zone: register.zone,
        share,
        place: register.placeOf(share.agreement.id),
      }),
  );
}

function stackSettings({ register, organisation }: OrganisationStackProps) {
  return {
    env: { account: organisation.account, region: register.zone.region },
    terminationProtection: true,
    synthesizer: bootstrapped(register.zone),
  };
}

/** The accounts outside the AWS organisation that hold any of the shares. */
export function externalAccounts(shares: readonly LiveShare[]) {
  const external = shares.map((share) => share.recipient).filter((each) => each.membership === 'external');
  return [...new Set(external.map((each) => each.account))].sort();
}
