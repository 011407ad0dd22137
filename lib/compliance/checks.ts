/** Every check of the public-sector pack, and what has none. */
import type { Check, JudgedAssembly, Judgement } from './check';
import { ALERTS } from './checks/alerts';
import { AUDIT } from './checks/audit';
import { BUCKET_ENCRYPTION } from './checks/bucket-encryption';
import { ENCRYPTION } from './checks/encryption';
import { EXCEPTIONS } from './checks/exceptions';
import { FUNCTIONS } from './checks/functions';
import { GATE } from './checks/gate';
import { KEY_HOLDERS } from './checks/key-holders';
import { KEY_READERS } from './checks/key-readers';
import { KEYS } from './checks/keys';
import { OPEN_DOORS } from './checks/open-doors';
import { RETENTION } from './checks/retention';
import { ROLES } from './checks/roles';
import { SECURITY_CHANGES } from './checks/security-changes';
import { SHARE_TERMS } from './checks/share-terms';
import { SHARES } from './checks/shares';
import { TEXTS } from './checks/texts';
import { TRAIL_CHECKS } from './checks/trail';
import { TRANSIT } from './checks/transit';
import { TRUST } from './checks/trust';
import { WHOLE } from './checks/whole';

/** In the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  ...SHARES,
  ...SHARE_TERMS,
  ...BUCKET_ENCRYPTION,
  ...KEY_HOLDERS,
  ...KEY_READERS,
  ...KEYS,
  ...GATE,
  ...OPEN_DOORS,
  ...TRANSIT,
  ...ENCRYPTION,
  ...TRUST,
  ...ROLES,
  ...FUNCTIONS,
  ...TRAIL_CHECKS,
  ...RETENTION,
  ...AUDIT,
  ...ALERTS,
  ...SECURITY_CHANGES,
  ...WHOLE,
  ...TEXTS,
  ...EXCEPTIONS,
];

/** What a reader of the NCSC’s and AWS’s packs will look for and not find here, and why. */
export const NOT_CHECKED: readonly { readonly id: string; readonly what: string; readonly why: string }[] = [
  {
    id: 'ACCT-BPA',
    what: 'Public access is blocked for whole accounts.',
    why: 'CloudFormation has no resource for an account’s own block. The template Guardrails has an S3 policy of AWS Organizations that sets it for every account of the units that it is attached to. S3-BPA shows it for every bucket and access point. Ask for the live accounts’ setting.',
  },
  {
    id: 'CT-CWL',
    what: 'The trail also writes to CloudWatch Logs.',
    why: 'It would mislead: that copy drops events over 256 KB and carries no digests. S3-EVT shows that the log files themselves are read.',
  },
  {
    id: 'IAM-AUDITOR',
    what: 'Assessors have a role that reads audit and no data.',
    why: 'No template makes one: assessors read templates and evidence, and need no access to any account.',
  },
  {
    id: 'LAM-VPC',
    what: 'Functions run inside a VPC.',
    why: 'It would mislead: these functions call AWS’s APIs and nothing else, so a VPC would add paths to look after and separate nobody.',
  },
  {
    id: 'TPL-DRIFT',
    what: 'Drift from the templates is looked for.',
    why: 'No template makes a Config rule for it: the rules of the baseline look at settings, not at templates. Ask for a drift report.',
  },
];

/** Every check with what it makes of an assembly. */
export function judgeAll(
  assembly: JudgedAssembly,
): readonly { readonly check: Check; readonly judgements: readonly Judgement[] }[] {
  return CHECKS.map((check) => ({ check, judgements: check.judge(assembly) }));
}
