/** Whether one organisation can read what another shares, and by which statements, or which yes is missing. */

import type { MadeBucket, OrganisationFacts, World } from '../assembly';
import { type Decision, decide, requestOf } from '../iam';
import { Askers } from './askers';
import { type AccessFinding, noAccessPoint } from './findings';
import { indexed } from './indexed';
import type { Asker } from './question';
import type { ImpliedShare } from './shares';
import { withoutAccessPoint } from './ways';

/** One way to an owner’s objects, as the reader’s collect role would take it. */
export interface WayToRead {
  /** The name of the access point; undefined straight to the bucket. */
  readonly accessPoint: string | undefined;
  /** The share that it is for, if any. */
  readonly share: ImpliedShare | undefined;
  readonly object: string;
  /** UTC, to the second. */
  readonly time: string;
  readonly read: Decision;
  /** Undefined where no key is known. */
  readonly decrypt: Decision | undefined;
}

/** The owner that a word means: an organisation’s id, or the name or ARN of its bucket, or the ARN of its key. */
export function ownerOf({ register, buckets }: World, word: string): OrganisationFacts | undefined {
  const named = register.organisations.find(({ id }) => id === word);
  if (named !== undefined) return named;
  const bucket = buckets.find(({ arn, key, place }) =>
    [arn, arn.slice('arn:aws:s3:::'.length), key, place].includes(word),
  );
  return bucket && register.organisations.find(({ account }) => account === bucket.account);
}

/** What is to be read, and when. */
export interface WhatIsRead {
  /** Its key in the bucket; some object of the agreement if not given. */
  readonly object?: string;
  /** UTC, to the second; a moment within the share’s days if not given. */
  readonly time?: string;
}

/**
 * Every way for the reader to reach the owner’s objects: straight to the bucket, and through each access point made for it.
 * The request is one that should be allowed: over TLS 1.3, for an object found clean and released, within the share’s days, through S3.
 */
export function waysToRead(
  world: World,
  reader: OrganisationFacts,
  owner: OrganisationFacts,
  what: WhatIsRead = {},
  askers = new Askers(world),
): WayToRead[] {
  const asker = collectorOf(reader, askers);
  if (asker === undefined) return [];
  const shares = indexed(world).shares.filter((each) => each.owner.id === owner.id);
  return world.buckets
    .filter(({ account }) => account === owner.account)
    .flatMap((bucket) => {
      const points = bucket.accessPoints.filter(({ name }) => name.endsWith(`--${reader.id}`));
      return [undefined, ...points].map((point) => {
        const share = shares.find(({ name }) => name === point?.name);
        return wayIn({ world, askers, asker, what, bucket, point, share });
      });
    });
}

/** Whoever reads for an organisation: its collect role, as its template makes it where one does. */
export function collectorOf({ account }: OrganisationFacts, askers: Askers): Asker | undefined {
  const role = collectRole(account);
  const all = askers.of(account, [role], 'recipient');
  return all.find((each) => each.permissions === 'as made') ?? all.find(({ caller }) => caller.name === role);
}

/** The ARN of the role by which the organisation of an account reads. */
export function collectRole(account: string): string {
  return `arn:aws:iam::${account}:role/concordat/concordat-collect`;
}

/** The shares by agreement from owner to reader for which no template makes an access point. */
export function notReachable(
  world: World,
  reader: OrganisationFacts,
  owner: OrganisationFacts,
): AccessFinding[] {
  const shares = indexed(world).shares.filter(
    (each) => each.owner.id === owner.id && each.recipient.id === reader.id,
  );
  return withoutAccessPoint(world, shares).map(noAccessPoint);
}

/** One way as it is asked about: through an access point, or straight to the bucket where none is given. */
interface AskedWay {
  readonly world: World;
  readonly askers: Askers;
  readonly asker: Asker;
  readonly what: WhatIsRead;
  readonly bucket: MadeBucket;
  readonly point: MadeBucket['accessPoints'][number] | undefined;
  readonly share: ImpliedShare | undefined;
}

/** What both services say of one way. */
export function wayIn(asked: AskedWay): WayToRead {
  const { point, share } = asked;
  const { object, time } = objectAndTime(asked);
  return {
    accessPoint: point?.name,
    share,
    object,
    time,
    read: readIn(asked, object, time),
    decrypt: decryptIn(asked, time),
  };
}

/** Whether one way is open. KMS is asked only where S3 lets the object be read. */
export function isWayOpen(asked: AskedWay): boolean {
  const { object, time } = objectAndTime(asked);
  return readIn(asked, object, time).verdict === 'allowed' && decryptIn(asked, time)?.verdict === 'allowed';
}

function objectAndTime({ world, what, share }: AskedWay): Required<WhatIsRead> {
  const today = `${world.asOf}T12:00:00Z`;
  const {
    time = share !== undefined && !(share.from <= today && today < share.until) ? share.from : today,
    object = share === undefined ? 'agreements/any/object' : `agreements/${share.agreement}/object`,
  } = what;
  return { object, time };
}

function readIn({ askers, asker, bucket, point }: AskedWay, object: string, time: string): Decision {
  return decide(
    requestOf({
      caller: asker.caller,
      action: 's3:GetObject',
      resource: `${bucket.arn}/${object}`,
      resourceAccount: bucket.account,
      ...(point && { accessPoint: point.arn }),
      context: {
        ...contextAt(time, asker, bucket, askers),
        's3:TlsVersion': '1.3',
        's3:authType': 'REST-HEADER',
        's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
        's3:ExistingObjectTag/concordat-gate': 'released',
      },
    }),
    {
      identity: asker.identity,
      ...(asker.boundary && { boundary: asker.boundary }),
      ...(bucket.policy && { resource: bucket.policy }),
      ...(point?.policy && { accessPoint: point.policy }),
    },
  );
}

/** Undefined where no key is known. */
function decryptIn({ world, askers, asker, bucket }: AskedWay, time: string): Decision | undefined {
  const key = indexed(world).keyByArn.get(bucket.key ?? '');
  return (
    key &&
    decide(
      requestOf({
        caller: asker.caller,
        action: 'kms:Decrypt',
        resource: key.arn,
        context: {
          ...contextAt(time, asker, bucket, askers),
          'kms:ViaService': `s3.${world.register.zone.region}.amazonaws.com`,
          'kms:EncryptionContext:aws:s3:arn': bucket.arn,
          'kms:EncryptionContextKeys': ['aws:s3:arn'],
        },
      }),
      {
        identity: asker.identity,
        ...(asker.boundary && { boundary: asker.boundary }),
        resource: key.policy,
        grants: key.grants
          .filter(({ from, until }) => from <= time && time < until)
          .map(({ grant }) => grant),
      },
    )
  );
}

function contextAt(time: string, { awsOrganization }: Asker, { account }: MadeBucket, askers: Askers) {
  return {
    'aws:PrincipalOrgID': awsOrganization,
    'aws:ResourceOrgID': askers.organizationOf(account),
    'aws:CurrentTime': time,
    'aws:SecureTransport': 'true',
  };
}
