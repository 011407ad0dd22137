/** What the account of a member is to have, and how it is to be set, by the register alone. */
import type { OrganisationFacts, RegisterFacts } from '../../assembly';
import { toldInboxes } from '../inboxes';
import { agreementsOf } from '../owned';
import {
  alertsTo,
  answersToPage,
  bucketSettings,
  ENCRYPTS,
  heardEvents,
  keyOf,
  policyOfBucket,
  roleOf,
  securityChanges,
  topicOfMailbox,
} from './account';
import { memberAlarms } from './alarms';
import { copiesThatGo } from './copies';
import { type Digests, type Expected, functionArn, type Place, roleArn } from './expected';
import { DIGEST, functionWith } from './functions';
import { gateOf } from './gate';
import { ANYTHING, atLeast, type Wanted, type WantedGroup } from './wanted';

const BROKER = 'concordat-grant-broker';
const HELD = 'concordat-deposits-held';
const SCANNED = 'GuardDuty Malware Protection Object Scan Result';
/** How long the sessions of people and their systems last at most. */
const SESSION_SECONDS = 3600;
const HOUR = 3600;
/**
 * How long S3 keeps what was replaced or recalled: no shorter, so that mistakes can be undone, and no longer, since people are told
 * that it goes then (UK GDPR, Article 5(1)(e)).
 */
const OLD_VERSIONS_DAYS = 90;
/** What the gate reports is no data of anybody’s, and is kept for a yearly review. */
const REPORTS_DAYS = 400;
const UNFINISHED_UPLOADS_DAYS = 7;
const HEARD = [
  SCANNED,
  'GuardDuty Malware Protection Post Scan Action Failed',
  'GuardDuty Malware Protection Resource Status Error',
  'GuardDuty Malware Protection Resource Status Warning',
  'GuardDuty Malware Protection Resource Status warning',
];

/** Everything in the account of an organisation: of an external one, the roles that it is handed. */
export function inOrganisation(
  organisation: OrganisationFacts,
  register: RegisterFacts,
  asOf: string,
  digests: Digests,
): Expected[] {
  const { region } = register.zone;
  const place = { account: organisation.account, region };
  if (organisation.membership === 'external')
    return organisation.mayCollect.length === 0
      ? []
      : ['collect', 'receipts'].map((each) => roleOf(place, each, undefined, SESSION_SECONDS));
  return [
    ...rolesOf(place, organisation, register),
    ...providerIn(place, organisation),
    ...exchange(place, organisation, register, asOf),
    ...alertsTo(place, organisation.contacts?.security),
    ...securityChanges(place),
    ...depositsHeld(place, register),
    ...inboxes(place, organisation, register),
    ...memberAlarms(place, organisation),
    ...broker(place, organisation, digests),
    ...gateOf(place, { bucket: bucketOf(place, register), key: keyArnOf(organisation) }, digests),
  ];
}

/** A role that the register has somebody take on is there, and so are those of functions and of the scan. */
function rolesOf(
  place: Place,
  { mayDeposit = [], mayCollect, mayStop, mayLift, signIn }: OrganisationFacts,
  register: RegisterFacts,
): Expected[] {
  const signedIn =
    signIn === undefined ? SESSION_SECONDS : Number(/\d+/.exec(signIn.maxSession ?? '1')) * HOUR;
  const deposits = mayDeposit.length > 0 || signIn?.mayDeposit !== undefined;
  const collects = mayCollect.length > 0 || signIn?.mayCollect !== undefined;
  const people: (readonly [role: string, seconds: number])[] = [
    ...(deposits ? [['deposit', signIn?.mayDeposit ? signedIn : SESSION_SECONDS] as const] : []),
    ...(collects ? [['collect', signIn?.mayCollect ? signedIn : SESSION_SECONDS] as const] : []),
    ...(deposits || collects ? [['receipts', signedIn] as const] : []),
  ];
  const others = [
    'malware-scan',
    'grant-broker',
    'release-gate',
    'gate-machine',
    ...(mayStop || register.zone.mayStopAll ? ['stop'] : []),
    ...(mayLift ? ['lift'] : []),
  ];
  return [
    ...people.map(([each, seconds]) => roleOf(place, each, 'member', seconds)),
    ...others.map((each) => roleOf(place, each, 'member')),
  ];
}

/** The provider that vouches for its people, for one program alone. */
function providerIn({ account }: Place, { id, signIn }: OrganisationFacts): Expected[] {
  if (signIn === undefined) return [];
  const { issuer, client, audience = client } = signIn;
  return [
    {
      account,
      type: 'AWS::IAM::OIDCProvider',
      name: issuer,
      settings: { Url: issuer, ClientIdList: [audience] },
      // Guardrails know by it which providers are ours.
      tags: { 'concordat:organisation': id },
    },
  ];
}

/** The key of its data: one that the template makes, or that the register names. */
function keyArnOf({ custody }: OrganisationFacts): Wanted {
  return custody?.keyArn ?? (isMade(custody) ? 'the key of shared-data' : ANYTHING);
}

function isMade(custody: OrganisationFacts['custody']): boolean {
  return custody?.kind === 'account' || custody?.kind === 'imported';
}

function bucketOf({ account, region }: Place, { zone }: RegisterFacts): string {
  return `${zone.namePrefix}-exchange-${account}-${region}-an`;
}

/**
 * The bucket with its key and its scan. What lies there as the present version S3 never moves, and deletes for an agreement
 * that is over alone.
 */
function exchange(
  place: Place,
  organisation: OrganisationFacts,
  register: RegisterFacts,
  asOf: string,
): Expected[] {
  const { account } = place;
  const { custody } = organisation;
  const name = bucketOf(place, register);
  const key = keyArnOf(organisation);
  return [
    ...(custody?.kind === 'account' ? [keyOf(place, 'shared-data', ENCRYPTS)] : []),
    ...(custody?.kind === 'imported'
      ? [
          keyOf(place, 'shared-data', {
            KeySpec: 'SYMMETRIC_DEFAULT',
            KeyUsage: 'ENCRYPT_DECRYPT',
            Origin: 'EXTERNAL',
          }),
        ]
      : []),
    {
      account,
      type: 'AWS::S3::Bucket',
      name,
      stays: true,
      settings: {
        ...bucketSettings(name, key, true),
        ...pageOf(organisation, register, asOf),
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: ANYTHING,
              Status: 'Enabled',
              ExpiredObjectDeleteMarker: true,
              NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSIONS_DAYS },
            },
            { Id: ANYTHING, Status: 'Enabled', Prefix: 'reports/', ExpirationInDays: REPORTS_DAYS },
            {
              Id: ANYTHING,
              Status: 'Enabled',
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: UNFINISHED_UPLOADS_DAYS },
            },
            ...copiesThatGo(organisation, register, asOf),
          ],
        },
      },
    },
    policyOfBucket(place, name),
    ...(custody?.material === 'awaited'
      ? []
      : [
          {
            account,
            type: 'AWS::GuardDuty::MalwareProtectionPlan',
            name,
            settings: {
              Actions: { Tagging: { Status: 'ENABLED' } },
              ProtectedResource: { S3Bucket: { BucketName: name, ObjectPrefixes: ['agreements/'] } },
              Role: roleArn(place, 'malware-scan'),
            },
          },
        ]),
  ];
}

/**
 * Browsers speak to a bucket where people write to each other by it: its owner’s, who deposit in it, or the other party’s, who
 * collect from it. An access point has no CORS of its own.
 */
function pageOf({ id, signIn }: OrganisationFacts, register: RegisterFacts, asOf: string): WantedGroup {
  const { zone, organisations } = register;
  if (zone.mailbox === undefined) return {};
  const letters = agreementsOf(id, register).filter(
    ({ correspondence, ends }) => correspondence !== undefined && ends >= asOf,
  );
  if (letters.length === 0) return {};
  const { origin } = zone.mailbox;
  if (signIn?.mayDeposit !== undefined) return answersToPage(origin, true);
  const collectors = letters.flatMap(({ directions }) =>
    directions.flatMap(({ owner, recipients }) => (owner === id ? recipients : [])),
  );
  const isRead = organisations.some(
    (each) => collectors.includes(each.id) && each.signIn?.mayCollect !== undefined,
  );
  return isRead ? answersToPage(origin, false) : {};
}

/** A topic for each inbox of its correspondences, of others and of its own, whose team’s mailbox reads it and nobody else. */
function inboxes(place: Place, organisation: OrganisationFacts, register: RegisterFacts): Expected[] {
  return toldInboxes(organisation, register).flatMap((each) => topicOfMailbox(place, each));
}

/** Every verdict of the scan but the clean one is heard of. */
function depositsHeld(place: Place, register: RegisterFacts): Expected[] {
  const ours = [bucketOf(place, register), { exists: false }];
  const pattern: WantedGroup = {
    source: ['aws.guardduty'],
    'detail-type': HEARD,
    detail: {
      s3ObjectDetails: { bucketName: ours },
      s3BucketDetails: { bucketName: ours },
      scanResultDetails: {
        scanResultStatus: [{ 'anything-but': ['NO_THREATS_FOUND'] }, { exists: false }],
      },
    },
  };
  // What the queue keeps of an event is for people to read.
  return heardEvents(place, HELD, pattern, { InputTransformer: ANYTHING });
}

function broker(place: Place, organisation: OrganisationFacts, digests: Digests): Expected[] {
  const { account, region } = place;
  const list = digests(account, `${BROKER}-file`) ?? DIGEST;
  return [
    ...functionWith(place, {
      purpose: 'grant-broker',
      code: 'key-grants',
      hasFile: true,
      environment: {
        KEY_ARN: keyArnOf(organisation),
        BROKER_ROLE_ARN: roleArn(place, 'grant-broker'),
        GRANTS_FILE: '/opt/grants.json',
        GRANTS_DIGEST: list,
        STACK_ARN: `arn:aws:cloudformation:${region}:${account}:stack/Organisation-${organisation.id}`,
      },
      seconds: 900,
      megabytes: 512,
      schedule: 'rate(1 hour)',
      event: '{}',
    }),
    ...['stop', 'lift'].map((each) => ({
      account,
      type: 'AWS::Lambda::Alias',
      name: `${BROKER}:${each}`,
      settings: { FunctionName: BROKER, FunctionVersion: '$LATEST', Name: each },
    })),
    {
      account,
      type: 'AWS::CloudFormation::CustomResource',
      name: functionArn(place, BROKER),
      settings: {
        ServiceToken: functionArn(place, BROKER),
        ServiceTimeout: atLeast(900),
        // What makes CloudFormation ask the broker again.
        List: list,
        Code: digests(account, BROKER) ?? DIGEST,
        AccessPoints: DIGEST,
      },
    },
  ];
}
