/**
 * Interprets events on keys: grants, policies, states. Which key is an organisation’s is not in the register where KMS makes
 * it, so every key in the account of an organisation that shares counts: such an account serves nothing else.
 */
import { type Exchange, inForce } from './exchange';
import { fieldsOf, textOf } from './fields';
import type { Kind, Meaning, Reason } from './meaning';
import type { TrailEvent } from './record';

const KEY_EVENTS: Readonly<Record<string, Kind>> = {
  CreateGrant: 'grant-made',
  RevokeGrant: 'grant-ended',
  RetireGrant: 'grant-ended',
  PutKeyPolicy: 'policy-changed',
  EnableKey: 'key-state-changed',
  DisableKey: 'key-state-changed',
  EnableKeyRotation: 'key-state-changed',
  DisableKeyRotation: 'key-state-changed',
  RotateKeyOnDemand: 'key-state-changed',
  RotateKey: 'key-state-changed',
  ScheduleKeyDeletion: 'key-state-changed',
  CancelKeyDeletion: 'key-state-changed',
  DeleteKey: 'key-state-changed',
  ImportKeyMaterial: 'key-state-changed',
  DeleteImportedKeyMaterial: 'key-state-changed',
  DeleteExpiredKeyMaterial: 'key-state-changed',
  ReplicateKey: 'key-state-changed',
  UpdatePrimaryRegion: 'key-state-changed',
  // Recorded only where they are refused: the event on the object tells of those that succeed.
  Decrypt: 'denied',
  GenerateDataKey: 'denied',
};

const OPERATIONS = 'Decrypt DescribeKey';
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$|^arn:aws:iam::\d{12}:role\/aws-service-role\//;

/** Whether an event is on a key. */
export function isKeyEvent(name: string): boolean {
  return KEY_EVENTS[name] !== undefined;
}

/** Whether an event is a use of a key, which is recorded only where it is refused. */
export function isKeyUse(name: string): boolean {
  return KEY_EVENTS[name] === 'denied';
}

/** What an event on a key means. */
export function interpretKeys(event: TrailEvent, exchange: Exchange): Meaning[] {
  const kind = KEY_EVENTS[event.name];
  const key = event.resources.find(
    ({ type, arn }) => type === 'AWS::KMS::Key' || arn.startsWith('arn:aws:kms:'),
  );
  const account = key?.account ?? key?.arn.split(':')[4];
  const context = fieldsOf(event.parameters.encryptionContext);
  const bucket = bucketOf(textOf(context['aws:s3:arn']));
  const owner = exchange.member(account) ?? (bucket === undefined ? undefined : exchange.ownerOf(bucket));
  if (kind === undefined) return [];
  if (!owner) return exchange.isZone(account) ? ofZone(event, kind, key?.arn) : [];
  const denied = event.errorCode !== undefined;
  if (kind === 'denied' && (!denied || bucket === undefined || !exchange.isBucket(bucket))) return [];
  const about = kind === 'grant-made' ? interpretGrant(event, exchange, owner.id) : {};
  const reasons: readonly Reason[] =
    about.reasons ??
    (event.name === 'ReplicateKey' || event.name === 'UpdatePrimaryRegion' ? ['unexpected-key-change'] : []);
  const caller = kind === 'denied' ? exchange.partyOf(event.principal.account)?.id : undefined;
  return [
    {
      ...about,
      kind: denied ? 'denied' : kind,
      reasons: denied ? [] : reasons,
      owner: owner.id,
      resource: key?.arn,
      organisations: [
        ...new Set([owner.id, about.recipient, caller].filter((each) => each !== undefined)),
      ].sort(),
    },
  ];
}

/** Of the operator’s own keys the state and the policy count; grants on them are AWS’s own work. */
function ofZone({ errorCode }: TrailEvent, kind: Kind, resource: string | undefined): Meaning[] {
  if (kind !== 'key-state-changed' && kind !== 'policy-changed') return [];
  return [{ kind: errorCode === undefined ? kind : 'denied', reasons: [], resource, organisations: [] }];
}

type GrantMeaning = Partial<Pick<Meaning, 'reasons' | 'agreement' | 'share' | 'recipient'>>;

/** A grant must be the one that its share gives, in all its parts; those of AWS’s services are left alone. */
function interpretGrant({ parameters, time }: TrailEvent, exchange: Exchange, owner: string): GrantMeaning {
  const grantee = textOf(parameters.granteePrincipal);
  if (parameters.granteeServicePrincipal !== undefined || (grantee !== undefined && SERVICE.test(grantee)))
    return {};
  const found = exchange.share(textOf(parameters.name) ?? '', owner);
  const about = found && {
    agreement: found.agreement.id,
    share: found.share.share,
    recipient: found.share.recipient,
  };
  const recipient = exchange.index.organisations.find(({ id }) => id === found?.share.recipient);
  const constraints = fieldsOf(parameters.constraints);
  const context = fieldsOf(constraints.encryptionContextEquals);
  const right =
    found !== undefined &&
    inForce(found.share, time) &&
    recipient !== undefined &&
    grantee === exchange.role(recipient.account, 'collect') &&
    operationsIn(parameters.operations) === OPERATIONS &&
    Object.keys(constraints).length === 1 &&
    Object.keys(context).length === 1 &&
    exchange.ownerOf(bucketOf(textOf(context['aws:s3:arn'])) ?? '')?.id === owner;
  return { ...about, reasons: right ? [] : ['unexpected-grant'] };
}

function operationsIn(value: unknown): string {
  return Array.isArray(value) ? [...(value as unknown[])].map(String).sort().join(' ') : '';
}

function bucketOf(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : /^arn:aws:s3:::([^/]+)/.exec(arn)?.[1];
}
