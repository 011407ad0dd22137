/** The custody of a key in a few lines, for whoever reads no further. */

import { andList, capital, plural, type Sentence, say } from '../../words';
import { giving, type KeyCustody } from '../key-custody';
import type { KeyFacts } from '../key-facts';
import type { Power } from '../kms-actions';
import { type AccountNames, accountOf } from '../who';
import type { Section } from './page';
import { whomWords } from './permission-words';
import { accountCalled } from './who-words';

/** The answers to the questions that are asked first. */
export function shortSection(custody: KeyCustody, accounts: AccountNames): Section {
  const { account, organisation, grants, attention, policy, key } = custody;
  const unknown = giving(policy, ['unknown']).length > 0;
  const who = (...powers: Power[]): Sentence => {
    const found = giving(policy, powers).flatMap((each) => each.who);
    // The account is given above; callers of another keep theirs.
    const words = found.length === 0 ? 'nobody' : capital(whomWords(found, accounts, account));
    return say`${words}${unknown ? ', and whoever is meant by what was not understood' : ''}`;
  };
  const recipients = [
    ...new Set(grants.map(({ grantee, holder }) => accountCalled(accountOf(holder) ?? grantee, accounts))),
  ];
  return {
    heading: 'In short',
    facts: [
      ['Held', say`in account ${account} (${organisation}), ${ORIGINS[key.origin]}`],
      ['Can decrypt', who('decrypt')],
      [
        '',
        recipients.length === 0
          ? 'No recipient: no grant is listed'
          : say`By ${plural(grants.length, 'grant')}: ${andList(recipients)}`,
      ],
      ['Can encrypt', who('encrypt')],
      ['Can grant', who('grant')],
      [
        'Can change this',
        say`${who('changePolicy')}; and others, named under “Who could change any of this”`,
      ],
      ['Can switch it off', who('disable')],
      ['Can delete it', who('end')],
      [
        'Look at twice',
        attention.length === 0 ? 'nothing' : say`${plural(attention.length, 'thing')}, given next`,
      ],
    ],
  };
}

const ORIGINS: Readonly<Record<KeyFacts['origin'], string>> = {
  AWS_KMS: 'made by AWS KMS',
  EXTERNAL: 'made by the organisation and imported into AWS KMS',
  AWS_CLOUDHSM: 'in the organisation’s own CloudHSM cluster',
  EXTERNAL_KEY_STORE: 'in the organisation’s own key manager outside AWS',
  unknown: 'of an origin that is not known',
};
