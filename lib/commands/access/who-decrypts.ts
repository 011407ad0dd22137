/** `concordat who decrypts`: who can decrypt what an organisation shares: by the policy of its key, and by grants on a day. */
import { worldOf } from '../../assembly';
import {
  type AccountNames,
  accountCalled,
  accountOf,
  custodyStatement,
  giving,
  type KeyCustody,
  sidWords,
  trustWords,
  whoWords,
} from '../../custody';
import { dateOf, type IsoDate, inWords } from '../../register/calendar';
import { plainText } from '../../words';
import { command } from '../command';
import { day, word } from '../option';
import { assemblyFlag } from '../places';
import { EXIT } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { answered, daysWords, demandOrganisation } from './question';

/** Needs neither network nor AWS. Exits 0 where it has a key, 1 where it has none, 3 where the assembly is faulty. */
export const whoDecrypts = command({
  name: 'who decrypts',
  words: { organisation: word('the organisation whose data it is') },
  options: {
    on: day('ask as of this day, such as 2027-04-01; the day of the assembly if not given'),
    ...ASSEMBLY_OPTION,
    ...JSON_OPTION,
  },
  example: 'npx concordat who decrypts leeds',
  run: (values, terminal) =>
    answered(values.assembly, terminal, (assembly) => {
      const world = worldOf(assembly);
      const { id, name } = demandOrganisation(world, values.organisation);
      const { keys, accounts } = custodyStatement(assembly, id);
      const on = values.on ?? dateOf(world.asOf);
      const found = keys.map((key) => holdersOf(key, accounts, on));
      terminal.out(
        values.json
          ? `${JSON.stringify({ schema: 'concordat-who-decrypts/v1', organisation: id, on, keys: found }, null, 2)}\n`
          : found.map((each) => textOf(each, on)).join('\n'),
      );
      terminal.err(
        found.length === 0
          ? `${name} has no key here: it only receives.\n`
          : `\nThe whole statement of the key: npx concordat custody ${id}${assemblyFlag(values.assembly, terminal)}\n`,
      );
      return found.length === 0 ? EXIT.findings : EXIT.clean;
    }),
});

/** Who can decrypt with one key, in words. */
interface Holders {
  readonly bucket: string;
  readonly byPolicy: readonly { readonly who: readonly string[]; readonly statement: string }[];
  readonly byGrant: readonly {
    readonly organisation: string;
    readonly agreement: string;
    readonly role: string;
    /** Who may take on the role; absent where no template here makes it. */
    readonly takenOnBy?: readonly string[];
    readonly from: string;
    readonly until: string;
    readonly inForce: boolean;
  }[];
  /** Whether these are all the grants that there will be. */
  readonly grantsKnown: boolean;
}

function holdersOf(
  { bucket, account, policy, grants, grantsKnown }: KeyCustody,
  accounts: AccountNames,
  on: IsoDate,
): Holders {
  const noon = `${on}T12:00:00Z`;
  return {
    bucket,
    byPolicy: giving(policy, ['decrypt', 'unknown']).map(({ who, sid }) => ({
      who: who.map((each) => plainText(whoWords(each, accounts, account))),
      statement: sidWords(sid),
    })),
    byGrant: grants.map(({ grantee, holder, agreement, from, until, takenOnBy }) => ({
      organisation: accountCalled(accountOf(holder) ?? grantee, accounts),
      agreement,
      role: grantee,
      ...(takenOnBy && {
        takenOnBy: takenOnBy.map((each) => plainText(trustWords(each, accounts, accountOf(holder)))),
      }),
      from,
      until,
      inForce: from <= noon && noon < until,
    })),
    grantsKnown,
  };
}

function textOf({ bucket, byPolicy, byGrant, grantsKnown }: Holders, on: IsoDate): string {
  const lines = [
    `What is in ${bucket} can be decrypted on ${inWords(on)}:`,
    ...byPolicy.flatMap(({ who, statement }) =>
      who.map((each) => `  by the policy of its key: ${each} [${statement}]`),
    ),
    ...byGrant.flatMap(({ organisation, agreement, role, takenOnBy, from, until, inForce }) => [
      `  by a grant${inForce ? '' : ' on other days'}: ${organisation}, under ${agreement}`,
      `    ${daysWords({ from, until })}`,
      `    by the role ${role}`,
      ...(takenOnBy ?? ['No template of this assembly makes the role.']).map((each) => `    ${each}`),
    ]),
    ...(grantsKnown ? [] : ['  and by grants that are not known from this assembly']),
  ];
  return `${lines.join('\n')}\n`;
}
