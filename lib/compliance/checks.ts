/** Every check of the public-sector pack, and what has none. */
import type { Check, JudgedAssembly, Judgement } from './check';
import { ALERTS } from './checks/alerts';
import { AUDIT } from './checks/audit';
import { BUCKET_ENCRYPTION } from './checks/bucket-encryption';
import { DISPOSAL } from './checks/disposal';
import { DURABILITY } from './checks/durability';
import { ENCRYPTION } from './checks/encryption';
import { EXCEPTIONS } from './checks/exceptions';
import { FUNCTIONS } from './checks/functions';
import { GATE } from './checks/gate';
import { GATE_WAKING } from './checks/gate-waking';
import { KEY_HOLDERS } from './checks/key-holders';
import { KEY_READERS } from './checks/key-readers';
import { KEYS } from './checks/keys';
import { OPEN_ACCESS } from './checks/open-access';
import { ROLE_LIMITS } from './checks/role-limits';
import { ROLES } from './checks/roles';
import { SECURITY_CHANGES } from './checks/security-changes';
import { SERVED_PAGE } from './checks/served-page';
import { SHARE_TERMS } from './checks/share-terms';
import { SHARES } from './checks/shares';
import { TEXTS } from './checks/texts';
import { TRAIL_CHECKS } from './checks/trail';
import { TRANSIT } from './checks/transit';
import { TRUST } from './checks/trust';
import { WHOLE } from './checks/whole';

/** The pack’s name, with which the ids of its findings begin. */
export const PUBLIC_SECTOR = 'Concordat-PublicSector';

/** In the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  ...SHARES,
  ...SHARE_TERMS,
  ...DISPOSAL,
  ...BUCKET_ENCRYPTION,
  ...KEY_HOLDERS,
  ...KEY_READERS,
  ...KEYS,
  ...GATE,
  ...GATE_WAKING,
  ...OPEN_ACCESS,
  ...TRANSIT,
  ...SERVED_PAGE,
  ...ENCRYPTION,
  ...TRUST,
  ...ROLES,
  ...ROLE_LIMITS,
  ...FUNCTIONS,
  ...TRAIL_CHECKS,
  ...DURABILITY,
  ...AUDIT,
  ...ALERTS,
  ...SECURITY_CHANGES,
  ...WHOLE,
  ...TEXTS,
  ...EXCEPTIONS,
];

/** Every check with what it makes of an assembly. */
export function judgeAll(
  assembly: JudgedAssembly,
): readonly { readonly check: Check; readonly judgements: readonly Judgement[] }[] {
  return CHECKS.map((check) => ({ check, judgements: check.judge(assembly) }));
}
