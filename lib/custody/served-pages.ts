/**
 * Who can change the page in which people read and write what a key encrypts, where the zone serves it, and whose it is to say so where
 * an organisation serves it itself. Their browsers have it in clear and have their rights: whoever puts another page in its place has no
 * need of the key.
 */
import { type Assembly, type Deployers, jsonIn, type RegisterFacts, registerFactsOf } from '../assembly';
import { roleArnIn } from '../names';
import { REGISTER_FILE } from '../wire';
import { type MadeRole, trustOf } from './identities';
import type { Permission } from './permissions';

/** The pages of the zone in which what a key encrypts is read or written. */
export interface ServedPages {
  /** The handles of the organisations whose pages they are. */
  readonly of: readonly string[];
  /** Where they are, `https://mailbox.example.gov.uk`. */
  readonly origin: string;
  /** The role that changes them: its ARN. */
  readonly role: string;
  /** The stack that makes that role and serves the pages, who takes the role on, and who deploys; absent where no template makes it. */
  readonly madeBy?: {
    readonly stack: string;
    readonly takenOnBy: readonly Permission[];
    readonly deployers: Deployers;
  };
}

/**
 * By the handles of the keys’ owners; none of those whose correspondence has no such page, or who have none.
 * @throws AssemblyError if the register is not of its form
 */
export function servedPages(
  source: Assembly,
  roles: ReadonlyMap<string, MadeRole>,
): ReadonlyMap<string, ServedPages> {
  const register = jsonIn(source, REGISTER_FILE);
  if (register === undefined) return new Map();
  const facts = registerFactsOf(register, source.folder);
  const { mailbox, accounts } = facts.zone;
  if (mailbox?.served === undefined) return new Map();
  const served = new Set(mailbox.served.organisations);
  const pages = pagesBy(facts, (id) => served.has(id));
  const role = roleArnIn(accounts.zone, 'page-release');
  const made = roles.get(role);
  const shared = {
    origin: mailbox.origin,
    role,
    ...(made && {
      madeBy: {
        stack: made.stack.name,
        takenOnBy: trustOf(made.resource, made.stack),
        deployers: source.deployers.get(made.stack.name) ?? {},
      },
    }),
  };
  return new Map([...pages].map(([owner, of]) => [owner, { of, ...shared }]));
}

/** The pages that organisations serve themselves, in which what a key encrypts is read or written. No template makes what serves them. */
export interface OwnPages {
  /** The handles of the organisations that serve them. */
  readonly of: readonly string[];
  /** The one origin from which buckets let browsers ask, `https://mailbox.example.gov.uk`. */
  readonly origin: string;
}

/**
 * By the handles of the keys’ owners; none of those whose correspondence has no such page. Whoever signs in, where the zone has a mailbox
 * and does not serve the page, comes to one that the organisation serves.
 * @throws AssemblyError if the register is not of its form
 */
export function ownPages(source: Assembly): ReadonlyMap<string, OwnPages> {
  const register = jsonIn(source, REGISTER_FILE);
  if (register === undefined) return new Map();
  const facts = registerFactsOf(register, source.folder);
  const { mailbox } = facts.zone;
  if (mailbox === undefined) return new Map();
  const served = new Set(mailbox.served?.organisations);
  const signIn = new Set(
    facts.organisations.flatMap(({ id, signIn: by }) =>
      by?.mayDeposit === undefined && by?.mayCollect === undefined ? [] : [id],
    ),
  );
  const pages = pagesBy(facts, (id) => signIn.has(id) && !served.has(id));
  return new Map([...pages].map(([owner, of]) => [owner, { of, origin: mailbox.origin }]));
}

/** By the handles of the keys’ owners, the parties whose people read or write under it in a page of the kind that is asked for. */
function pagesBy({ agreements }: RegisterFacts, isOfKind: (id: string) => boolean): Map<string, string[]> {
  const pages = new Map<string, Set<string>>();
  for (const { correspondence, directions } of agreements) {
    if (correspondence === undefined) continue;
    // The owner’s people write it, and the recipients’ read it: what is sealed, too, is sealed and opened in it.
    for (const { owner, recipients } of directions)
      for (const each of [owner, ...recipients])
        if (isOfKind(each)) pages.set(owner, (pages.get(owner) ?? new Set()).add(each));
  }
  return new Map([...pages].map(([owner, of]) => [owner, [...of].sort()]));
}
