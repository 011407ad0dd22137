/** Who is entitled to what of the baseline: those who take on its roles, and those who read and write its buckets. */
import type { RegisterFacts } from '../../assembly';
import { ON_OBJECTS } from '../actions';
import { below, entitled, is, type KeyTest, type ObjectTest, OVER_TLS } from '../entitlement/conditions';
import type { Basis, Entitlement, Question } from '../question';
import { assets } from './claims';

/** Each puts an object there, replaces it, or takes it away. */
const WRITES =
  /^s3:(?:AbortMultipartUpload|BypassGovernanceRetention|DeleteObject.*|PutObject.*|Replicate(?:Delete|Object|Tags)|RestoreObject|UpdateObjectEncryption)$/;
const OWN: Basis = { kind: 'own account', holds: 'bucket' };
/** Of an action that AWS may come to have: that of the bucket puts no object there. */
const THE_BUCKET: ObjectTest = { objects: ['object'], holds: (object) => object === '' };
const SERVICE: Basis = { kind: 'purpose', of: 'service' };
const EXTERNAL_ID: KeyTest = {
  key: 'sts:externalid',
  values: [undefined, 'any'],
  holds: (value) => value === undefined,
};

/** What the asker of a question on the baseline is entitled to. */
export function ofBaseline(question: Question, register: RegisterFacts): Entitlement | undefined {
  const { target } = question;
  if (target.kind === 'role') return byTrust(question, register);
  return target.arn === assets(target.account, register) ? inAssets(question) : inConfig(question, register);
}

/** The roles that the register names deploy; services take on the two roles that are for them. */
function byTrust({ asker, action, target }: Question, { zone }: RegisterFacts): Entitlement | undefined {
  if (action !== 'sts:AssumeRole') return undefined;
  const { caller } = asker;
  const role = target.arn.slice(target.arn.indexOf(':role/') + ':role/'.length);
  if (/^cdk-concordat-(?:deploy|file-publishing|lookup)-role-/.test(role))
    return caller.type === 'role' && (zone.guardrails?.deployers ?? []).includes(caller.name)
      ? entitled({ kind: 'register' }, [EXTERNAL_ID])
      : undefined;
  if (role.startsWith('cdk-concordat-status-role-'))
    return caller.type === 'role' && caller.name === watcherIn(zone)
      ? entitled({ kind: 'register' }, [EXTERNAL_ID])
      : undefined;
  if (caller.type !== 'service') return undefined;
  if (role.startsWith('cdk-concordat-cfn-exec-role-'))
    return caller.name === 'cloudformation.amazonaws.com' ? entitled(SERVICE) : undefined;
  return role === 'concordat/concordat-config' && caller.name === 'config.amazonaws.com'
    ? entitled(SERVICE, [is('aws:sourceaccount', target.account)])
    : undefined;
}

/** The one role that looks into every account; undefined where the register declares nobody who watches. */
export function watcherIn({ rollout }: RegisterFacts['zone']): string | undefined {
  return rollout?.watchedBy && `arn:aws:iam::${rollout.account}:role/concordat/concordat-rollout-status`;
}

/** What is deployed is uploaded by one role. */
function inAssets({ asker, action, target }: Question): Entitlement | undefined {
  if (asker.caller.account !== target.account) return undefined;
  if (WRITES.test(action) && !/^cdk-concordat-file-publishing-role-\d{12}-[\w-]+$/.test(asker.role))
    return action in ON_OBJECTS ? undefined : entitled(OWN, OVER_TLS, THE_BUCKET);
  return entitled(OWN, OVER_TLS);
}

/** AWS Config writes what it records of the account. */
function inConfig({ asker, action, target }: Question, { zone }: RegisterFacts): Entitlement | undefined {
  if (target.arn !== `arn:aws:s3:::${zone.namePrefix}-config-${target.account}-${zone.region}-an`)
    return undefined;
  if (asker.caller.account === target.account) return entitled(OWN, OVER_TLS);
  if (asker.caller.name !== 'config.amazonaws.com') return undefined;
  const forThis = [is('aws:sourceaccount', target.account), ...OVER_TLS];
  if (action === 's3:GetBucketAcl' || action === 's3:ListBucket') return entitled(SERVICE, forThis);
  return action === 's3:PutObject'
    ? entitled(SERVICE, forThis, below(`AWSLogs/${target.account}/Config/`))
    : undefined;
}
