/** That as many mailboxes as the register takes without GOV.UK Notify fit into the notifier’s role and the zone’s stack, and more are refused. */
import { openAssembly } from '../../lib/assembly';
import { noticesTopicArn } from '../../lib/names';
import { noticesPermissions } from '../../lib/policy';
import { LIMITS, WARN_FROM } from '../../lib/policy/limits';
import { mailboxesToldBySns, mailboxHash } from '../../lib/register';
import { loadRegister } from '../../lib/register/load';
import { MOST_MAILBOXES } from '../../lib/register/rules/notify';
import { LETTERS_FILE, letters, MAILBOX, NOTIFY } from '../register/letters';
import { AS_OF, copy, type Edit } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const EACH = 40;

/** Agreements with so many inboxes in all, each with a mailbox of its own: two are there already. */
function withMailboxes(count: number): Edit[] {
  const more = Array.from({ length: count - 2 }, (_, n) => ({
    id: `team-${n}`,
    of: n % 2 === 0 ? 'dwp' : 'leeds',
    team: `Team ${n}`,
    notices: `team-${n}@${n % 2 === 0 ? 'dwp' : 'leeds'}.example`,
    readers: {
      roles: [
        n % 2 === 0
          ? 'arn:aws:iam::012345678901:role/safeguarding/desk'
          : 'arn:aws:iam::100000000022:role/social-care/duty-team',
      ],
    },
  }));
  const parts = Array.from({ length: Math.ceil(more.length / EACH) }, (_, n) =>
    more.slice(n * EACH, (n + 1) * EACH),
  );
  return parts.map((inboxes, n) =>
    copy(LETTERS_FILE, `letters-${n}`, { title: `Letters ${n}`, correspondence: { inboxes } }),
  );
}

const faults = (...edits: readonly Edit[]) => {
  const loaded = loadRegister(letters(...MAILBOX, ...edits), AS_OF, AS_OF);
  return loaded.ok ? [] : loaded.diagnostics.map(({ code, found = '' }) => `${code}: ${found}`);
};

test('as many as fit are taken, and more are refused, but where GOV.UK Notify tells', () => {
  expect(faults(...withMailboxes(MOST_MAILBOXES))).toEqual([]);
  const more = withMailboxes(MOST_MAILBOXES + 2);
  expect(faults(...more)).toEqual([
    `too-large: ${MOST_MAILBOXES + 2} mailboxes in the inboxes of all agreements`,
  ]);
  expect(faults(...more, NOTIFY)).toEqual([]);
});

test('so many topics fit into the policy of the notifier’s role, and into the zone’s stack', () => {
  const { register } = synthesised({ files: letters(...MAILBOX) });
  const { zone } = register;
  const addresses = Array.from({ length: MOST_MAILBOXES }, (_, n) => `team-${n}@dwp.example`);
  const policy = noticesPermissions(zone, {
    stagingKey: `arn:aws:kms:eu-west-2:${zone.accounts.zone}:key/01234567-89ab-4cde-8f01-23456789abcd`,
    by: {
      topics: addresses.map((each) => noticesTopicArn(zone, mailboxHash(each))),
      key: `arn:aws:kms:eu-west-2:${zone.accounts.zone}:key/01234567-89ab-4cde-8f01-23456789abcd`,
    },
  });
  expect(JSON.stringify(policy).length).toBeLessThan(WARN_FROM * LIMITS.rolePolicyBytes.most);
  const stack = openAssembly(synthesised({ files: letters(...MAILBOX) }).folder).stacks.find(
    ({ name }) => name === 'Zone',
  );
  const others = Object.keys(stack?.resources ?? {}).length - 2 * mailboxesToldBySns(register).length;
  expect(others + 2 * MOST_MAILBOXES).toBeLessThan(WARN_FROM * LIMITS.resourcesPerStack.most);
});
