/**
 * Who is entitled to what on the operator’s own buckets and keys: the log archive, the ledger with its receipts, the page where the
 * zone serves it, and the keys of these, of the tables, of signatures and of alerts. Nobody outside the operator’s account,
 * save the trail’s service in its place, and each organisation’s receipts role below its own account; docs/zone.md says what
 * these are for.
 */
import type { RegisterFacts } from '../../assembly';
import type { Basis, Entitlement, Question } from '../question';
import { begins, below, entitled, is, type ObjectTest, OVER_TLS } from './conditions';
import { onKey } from './zone-keys';
import {
  AUDIT,
  distributionOf,
  fromFunctionOf,
  RECEIPTS,
  RELEASE,
  SEALER,
  trailOf,
  zoneBucket,
} from './zone-names';
import { onTable } from './zone-tables';

const PREFIX = 's3:prefix';
const BY_TRAIL: Basis = { kind: 'purpose', of: 'trail' };
/** Files of the ledger that tell of no one’s transfers. */
const HEADS = /^(?:checkpoint$|checkpoints\/|keys\/|tile\/.\/|timestamp\/)/s;
/** Each would end or go round the locks that keep what is written. */
const FOR_NOBODY = new Set([
  's3:BypassGovernanceRetention',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:ReplicateDelete',
  's3:ReplicateObject',
  's3:UpdateObjectEncryption',
]);

/** What the asker of a question on the operator’s own is entitled to. */
export function ofZone(question: Question, register: RegisterFacts): Entitlement | undefined {
  const { target } = question;
  if (target.kind === 'table') return onTable(question, register);
  if (target.kind === 'key') return onKey(question, register, mayHaveReceipts(question, register));
  if (question.accessPoint !== undefined) return undefined;
  if (target.arn === zoneBucket(register, 'logs')) return inLogs(question, register);
  if (target.arn === zoneBucket(register, 'ledger')) return inLedger(question, register);
  const served = register.zone.mailbox?.served !== undefined;
  return served && target.arn === zoneBucket(register, 'mailbox') ? inPage(question, register) : undefined;
}

/**
 * The receipts role of any account of the AWS organisation, and of each external organisation that the register names; but
 * one that may not act has one that can do nothing.
 */
function mayHaveReceipts({ asker }: Question, { zone, organisations }: RegisterFacts): boolean {
  if (asker.role !== RECEIPTS || asker.isIdle) return false;
  const { account } = asker.caller;
  return (
    asker.awsOrganization === zone.awsOrganizationId ||
    organisations.some((each) => each.account === account && each.membership === 'external')
  );
}

function inLogs({ asker, action, target }: Question, register: RegisterFacts): Entitlement | undefined {
  const { caller, role, permissions } = asker;
  const { accounts, awsOrganizationId } = register.zone;
  if (caller.name === 'cloudtrail.amazonaws.com') {
    const whens = [is('aws:sourcearn', trailOf(register)), ...OVER_TLS];
    if (action === 's3:GetBucketAcl') return entitled(BY_TRAIL, whens);
    return action === 's3:PutObject'
      ? entitled(
          BY_TRAIL,
          [...whens, is('s3:x-amz-acl', 'bucket-owner-full-control')],
          below(`AWSLogs/${accounts.management}/`, `AWSLogs/${awsOrganizationId}/`),
        )
      : undefined;
  }
  if (caller.account !== target.account) return undefined;
  if (permissions === 'at most') return byOwnAccount(action);
  if (role !== AUDIT) return undefined;
  if (action === 's3:ListBucket') return byPurpose(register, role);
  return action === 's3:GetObject' ? byPurpose(register, role, below('AWSLogs/')) : undefined;
}

function inLedger(question: Question, register: RegisterFacts): Entitlement | undefined {
  const { asker, action, target } = question;
  const { caller, role, permissions } = asker;
  if (caller.account === target.account) {
    if (permissions === 'at most') return byOwnAccount(action);
    if (![AUDIT, SEALER].includes(role)) return undefined;
    if (action === 's3:ListBucket') return byPurpose(register, role);
    if (action !== 's3:GetObject' && action !== 's3:PutObject') return undefined;
    return byPurpose(register, role, below(role === SEALER ? '' : 'index/'));
  }
  if (!mayHaveReceipts(question, register)) return undefined;
  const own = `receipts/${caller.account}/`;
  const by: Basis = { kind: 'receipts', heads: true };
  if (action === 's3:ListBucket') return entitled(by, [...OVER_TLS, begins(PREFIX, own)]);
  return action === 's3:GetObject'
    ? entitled(by, OVER_TLS, {
        objects: [
          `${own}object`,
          'receipts/123123123123/object',
          'checkpoint',
          'tile/0/object',
          'index/object',
        ],
        holds: (object) => object.startsWith(own) || HEADS.test(object),
      })
    : undefined;
}

/**
 * Whoever writes here decides what people’s browsers run where they read and write messages: one role, as it is made, and nobody
 * else of the account.
 */
function inPage({ asker, action, target }: Question, register: RegisterFacts): Entitlement | undefined {
  const { caller, role, permissions } = asker;
  if (caller.name === 'cloudfront.amazonaws.com')
    return action === 's3:GetObject'
      ? entitled({ kind: 'purpose', of: 'service' }, [
          is('aws:sourcearn', distributionOf(register)),
          ...OVER_TLS,
        ])
      : undefined;
  if (caller.account !== target.account) return undefined;
  if (permissions === 'at most') return byOwnAccount(action);
  return role === RELEASE && action === 's3:PutObject'
    ? entitled({ kind: 'purpose', of: 'role', role }, OVER_TLS)
    : undefined;
}

function byPurpose(register: RegisterFacts, role: string, where?: ObjectTest): Entitlement {
  return entitled(
    { kind: 'purpose', of: 'role', role },
    [...OVER_TLS, fromFunctionOf(register, role)],
    where,
  );
}

/** Its people are taken to have every permission; what is written is for the functions and the trail. */
function byOwnAccount(action: string): Entitlement | undefined {
  if (FOR_NOBODY.has(action) || action === 's3:PutObject') return undefined;
  return entitled({ kind: 'own account', holds: 'bucket' }, OVER_TLS);
}
