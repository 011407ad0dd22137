/** A statement as those of one account meet it: another one by which every request of theirs is decided as by the first. */

/** Stands for accounts that are not the asker’s. It is nobody’s in a register. */
export const ANOTHER_ACCOUNT = '123123123123';
/** Operators by which an account is one of those that are listed, or is none of them. */
const ONE_OF = /^String(?:Not)?Equals(?:IfExists)?$/;
const OWN_ACCOUNT = 'aws:principalaccount';

type Group = Readonly<Record<string, unknown>>;

/**
 * What names the account comes first in each list, whose order decides nothing. Where a condition asks whether the asker’s account is
 * one of a list, the others on it are one: to be in none of two accounts is to be in none of one. The same statement where neither
 * changes it.
 * @param account undefined for those of no account, and any that the statement does not name
 * @param accounts of the register: no other is taken for another, since those who ask may be of it
 */
export function metBy(account: string | undefined, statement: object, accounts: ReadonlySet<string>): object {
  const isAnother = (value: string) => value !== account && accounts.has(value);
  const met = withOneForOthers(statement as Group, isAnother);
  return account === undefined ? met : (namedFirst(account, met) as object);
}

function withOneForOthers(statement: Group, isAnother: (value: string) => boolean): Group {
  const { Condition: condition } = statement;
  if (!isGroup(condition)) return statement;
  const met = membersChanged(condition, (tests, operator) =>
    ONE_OF.test(operator) && isGroup(tests)
      ? membersChanged(tests, (values, key) =>
          key.toLowerCase() === OWN_ACCOUNT ? oneForOthers(values, isAnother) : values,
        )
      : tests,
  );
  return met === condition ? statement : { ...statement, Condition: met };
}

function oneForOthers(values: unknown, isAnother: (value: string) => boolean): unknown {
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  const rest = list.filter((each) => typeof each !== 'string' || !isAnother(each));
  return rest.length === list.length ? values : [...rest, ANOTHER_ACCOUNT];
}

/** A part of a statement with the texts that name an account first in each list; the same one where they are. */
function namedFirst(account: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!value.every((each) => typeof each === 'string')) return value;
    const others = value.findIndex((each) => !each.includes(account));
    if (others === -1 || !value.some((each, at) => at > others && each.includes(account))) return value;
    return [
      ...value.filter((each) => each.includes(account)),
      ...value.filter((each) => !each.includes(account)),
    ];
  }
  return isGroup(value) ? membersChanged(value, (each) => namedFirst(account, each)) : value;
}

function membersChanged(group: Group, of: (member: unknown, name: string) => unknown): Group {
  let isOther = false;
  const members = Object.entries(group).map(([name, each]) => {
    const member = of(each, name);
    isOther ||= member !== each;
    return [name, member] as const;
  });
  return isOther ? Object.fromEntries(members) : group;
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
