/** The names that the register puts into the templates of an account: of its organisation, its agreements and its counterparties. */
import { pascalCase } from '../policy';
import { directionsOf, type Organisation, type Register } from '../register';
import type { NameKind, Names } from './shapes';

/**
 * Gives the names that may stand in the templates of an account. The operator’s accounts have none: each of their templates
 * is the only one of its kind.
 */
export function namesByAccount(register: Register): (account: string) => Names {
  const inAccount = new Map<string, Organisation>(register.organisations.map((each) => [each.account, each]));
  const about = new Map<string, Map<string, NameKind>>(
    register.organisations.map(({ id }) => [id, new Map()]),
  );
  const all = register.agreements.flatMap((agreement) =>
    directionsOf(agreement).map((direction) => ({ id: agreement.id, ...direction })),
  );
  for (const { id, owner, recipients } of all) {
    const parties = [owner, ...recipients].map((each) => register.organisation(each));
    for (const party of parties) {
      const names = about.get(party.id);
      names?.set(id, 'agreement');
      for (const recipient of recipients)
        for (const verb of ['Get', 'List'])
          names?.set(`${verb}By${pascalCase(recipient)}Under${pascalCase(id)}`, 'sid');
      // A recipient is in the templates of the owner alone, and the owner in each recipient’s.
      for (const other of party.id === owner ? parties : parties.slice(0, 1))
        names?.set(other.id, 'organisation').set(other.account, 'account');
    }
  }
  return (account) => {
    const own = inAccount.get(account);
    if (own === undefined) return new Map();
    const names = new Map(about.get(own.id));
    names.set(own.id, 'organisation').set(own.account, 'account').set(own.name, 'words');
    for (const mailbox of Object.values(own.contacts)) names.set(mailbox, 'words');
    for (const role of rolesOf(own)) names.set(role, 'role');
    return names;
  };
}

/** The roles in its own account that an organisation names. */
function rolesOf(organisation: Organisation): readonly string[] {
  if (organisation.membership === 'external') return organisation.mayCollect;
  return [...organisation.mayCollect, ...organisation.mayDeposit, ...organisation.custody.administrators];
}
