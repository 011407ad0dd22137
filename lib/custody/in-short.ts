/** The custody of a key in a few lines, for whoever reads no further. */

import { plural } from '../words';
import { giving, type KeyCustody } from './key-custody';
import type { KeyFacts } from './key-facts';
import type { Power } from './kms-actions';
import type { Section } from './page';
import { capital, listed } from './permission-words';

/** The answers to the questions that are asked first. */
export function shortSection(custody: KeyCustody): Section {
  const { account, organisation, grants, accounts, attention, policy, key } = custody;
  const unknown = giving(policy, ['unknown']).length > 0;
  const who = (...powers: Power[]) => {
    // The account is given above; whoever is of another keeps it.
    const here = ` of account ${account} (${organisation})`;
    const found = [...new Set(giving(policy, powers).flatMap((each) => each.who))].map((each) =>
      each.replace(here, ''),
    );
    return `${found.length === 0 ? 'nobody' : capital(listed(found))}${unknown ? ', and whoever is meant by what was not understood' : ''}`;
  };
  const recipients = [
    ...new Set(
      grants.map(({ grantee }) => accountCalled(/::(\d{12}):/.exec(grantee)?.[1] ?? grantee, accounts)),
    ),
  ];
  return {
    heading: 'In short',
    facts: [
      ['Held', `in account ${account} (${organisation}), ${ORIGINS[key.origin]}`],
      ['Can decrypt', who('decrypt')],
      [
        '',
        recipients.length === 0
          ? 'No recipient: no grant is listed'
          : `By ${plural(grants.length, 'grant')}: ${listed(recipients)}`,
      ],
      ['Can encrypt', who('encrypt')],
      ['Can grant', who('grant')],
      ['Can change this', `${who('changePolicy')}; and others, named under “Who could change any of this”`],
      ['Can switch it off', who('disable')],
      ['Can delete it', who('end')],
      [
        'Look at twice',
        attention.length === 0 ? 'nothing' : `${plural(attention.length, 'thing')}, given next`,
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

/** The handle of the organisation whose account it is, else the account. */
export function accountCalled(account: string, accounts: KeyCustody['accounts']): string {
  return accounts.find((each) => each.account === account)?.organisation ?? `account ${account}`;
}
