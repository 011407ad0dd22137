/** The custody register: for each key of shared data, who holds it, who administers it and who can decrypt. */
import {
  ADMINISTRATION,
  accountCalled,
  accountOf,
  attentionWords,
  type CustodyStatement,
  distinct,
  giving,
  type KeyFacts,
  type Power,
  type Who,
  whoWords,
} from '../../custody';
import { markedText, type Words } from '../../words';
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

/** What is told of a key in words: for the model with its code marked, for a spreadsheet plain. */
interface CustodyWords {
  readonly administers: readonly Words[];
  readonly decrypts: readonly Words[];
  readonly attention: readonly Words[];
}

/** The words of each key, in the order of `custodyRows`. */
export function custodyWords({ keys, accounts }: CustodyStatement): CustodyWords[] {
  return keys.map(({ account, policy, attention }) => {
    // The account is told once, beside the organisation; callers of another keep theirs.
    const called = (who: Who) =>
      who.kind === 'account' && who.account === account
        ? 'anybody whom the account’s own policies allow it'
        : whoWords(who, accounts, account);
    const who = (powers: readonly Power[]) =>
      distinct(giving(policy, powers).flatMap((each) => each.who)).map(called);
    return {
      administers: who(POWERS_OVER_IT),
      decrypts: who(['decrypt', 'unknown']),
      attention: attention.map((each) => attentionWords(each, accounts)),
    };
  });
}

/** A row for each key, in the order of organisations. */
export function custodyRows(statement: CustodyStatement, { stacks }: EvidenceSource): CustodyRow[] {
  const { keys, accounts } = statement;
  const files = new Map(stacks.map(({ name, file }) => [name, file]));
  const words = custodyWords(statement);
  const inJson = (told: readonly Words[] = []) => told.map(markedText);
  return keys.map(({ organisation, account, bucket, key, grants, stack }, index) => {
    const recipients = grants.map(({ grantee, holder }) =>
      accountCalled(accountOf(holder) ?? grantee, accounts),
    );
    return {
      organisation,
      account,
      bucket,
      held: HELD[key.origin],
      shownBy: key.originShownBy === 'template' ? 'template' : 'register',
      administers: inJson(words[index]?.administers),
      decrypts: inJson(words[index]?.decrypts),
      grants: [...new Set(recipients)].sort(),
      file: files.get(stack) ?? stack,
      pointer: key.logicalId === undefined ? '/Resources' : pointerTo('Resources', key.logicalId),
      attention: inJson(words[index]?.attention),
    };
  });
}
