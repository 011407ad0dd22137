/** The custody register: for each key of shared data, who holds it, who administers it and who can decrypt. */
import { accountCalled } from '../../custody/in-short';
import { giving, type KeyCustody } from '../../custody/key-custody';
import type { KeyFacts } from '../../custody/key-facts';
import { ADMINISTRATION, type Power } from '../../custody/kms-actions';
import type { CustodyRow } from '../model';
import type { EvidenceSource } from '../source';
import { pointerTo } from './pointer';

const HELD: Readonly<Record<KeyFacts['origin'], string>> = {
  AWS_KMS: 'in its own account, made by AWS KMS',
  EXTERNAL: 'in its own account, imported by the organisation',
  AWS_CLOUDHSM: 'in the organisation’s own CloudHSM cluster',
  EXTERNAL_KEY_STORE: 'outside AWS, in the organisation’s own key manager',
  unknown: 'not known',
};

/** To look at a key is no power over it. */
const POWERS_OVER_IT = ADMINISTRATION.filter((power) => power !== 'look');

/** A row for each key, in the order of organisations. */
export function custodyRows(keys: readonly KeyCustody[], { stacks }: EvidenceSource): CustodyRow[] {
  const files = new Map(stacks.map(({ name, file }) => [name, file]));
  return keys.map((custody) => {
    const { organisation, account, bucket, key, policy, grants, accounts, attention, stack } = custody;
    // The account is told once, beside the organisation; who is of another keeps its own.
    const here = new RegExp(` of account ${account} \\([^()]*\\)`);
    const inIt = new RegExp(` in account ${account} \\([^()]*\\) whom that account’s own policies allow it`);
    const who = (powers: readonly Power[]) =>
      [...new Set(giving(policy, powers).flatMap((each) => each.who))].map((each) =>
        each.replace(here, '').replace(inIt, ' whom the account’s own policies allow it'),
      );
    const recipients = grants.map(({ grantee }) =>
      accountCalled(/::(\d{12}):/.exec(grantee)?.[1] ?? grantee, accounts),
    );
    return {
      organisation,
      account,
      bucket,
      held: HELD[key.origin],
      shownBy: key.originShownBy === 'template' ? 'template' : 'register',
      administers: who(POWERS_OVER_IT),
      decrypts: who(['decrypt', 'unknown']),
      grants: [...new Set(recipients)].sort(),
      file: files.get(stack) ?? stack,
      pointer: key.logicalId === undefined ? '/Resources' : pointerTo('Resources', key.logicalId),
      attention: [...attention],
    };
  });
}
