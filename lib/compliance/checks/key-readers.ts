/** The check on who can decrypt. */
import { roleArnIn } from '../../names';
import { GRANT_LIST_FILE } from '../../wire';
import type { Check, JudgedAssembly, Judgement } from '../check';
import { holdersOf, liveSharesOf, membersOf } from '../facts';
import { fail, holds, listed, listOf, onFile, onStack, pass, type Verdict, valueAt } from '../judging';
import { eachKey, type JudgedKey } from '../keys';
import { asked, isOfOnePair, sameSet } from '../statements';
import { allowing, bucketArn, READING } from './key-holders';
import { whole } from './keys';

/** The readers that a member’s key policy names, each through S3 and in the member’s own bucket. */
function namedReaders({ statements, account }: JudgedKey, assembly: JudgedAssembly): Verdict[] {
  const expected = (['deposit', 'malware-scan', 'release-gate'] as const).map((purpose) =>
    roleArnIn(account, purpose),
  );
  const readers = allowing(statements, READING);
  const unheld = readers.find(
    (each) =>
      asked(each, 'kms:ViaService', ['StringEquals']).join() !==
        `s3.${assembly.register.zone.region}.amazonaws.com` ||
      asked(each, 'kms:EncryptionContext:aws:s3:arn', ['StringEquals']).join() !==
        bucketArn(assembly, account) ||
      !isOfOnePair(each),
  );
  if (unheld)
    return [
      fail(
        `${unheld.sid} allows decryption without being held to S3, to this organisation’s bucket and to no encryption context beside it.`,
        ...unheld.at,
      ),
    ];
  const found = readers.flatMap(holdersOf);
  return [
    holds(
      sameSet(found, expected),
      'Its policy lets the deposit role, the malware scan and the release gate decrypt, through S3 and in the own bucket alone.',
      `Its policy lets these decrypt: ${listed(found)}. It should be ${listed(expected)}.`,
      ...whole(statements),
    ),
  ];
}

/** The readers that the broker’s list names. */
function grantedReaders(assembly: JudgedAssembly): Judgement[] {
  const lists = new Map(
    [...assembly.files].flatMap(([file, list]) => {
      const bucket = file.endsWith(GRANT_LIST_FILE) ? valueAt(list, 'key', 'bucketArn') : undefined;
      return typeof bucket === 'string' ? [[bucket, file] as const] : [];
    }),
  );
  return membersOf(assembly).flatMap(({ id, account }) => {
    const file = lists.get(bucketArn(assembly, account));
    const expected = liveSharesOf(assembly, id).map(
      (share) => `${share.id} to ${roleArnIn(share.recipient.account, 'collect')}`,
    );
    if (file === undefined) {
      const stack = assembly.stacks.find((each) => each.account === account);
      return stack
        ? [onStack(stack, fail(`There is no list of grants on the key of ${id}.`, 'Resources'))]
        : [];
    }
    const grants = listOf(valueAt(assembly.files.get(file), 'shares'));
    const found = grants.map(
      (each) => `${String(valueAt(each, 'share'))} to ${String(valueAt(each, 'grantee'))}`,
    );
    const odd = found.flatMap((each, index) =>
      expected.includes(each)
        ? []
        : [onFile(assembly, file, fail(`No agreement asks for a grant of ${each}.`, 'shares', index))],
    );
    const missing = expected.filter((each) => !found.includes(each));
    if (missing.length > 0)
      odd.push(onFile(assembly, file, fail(`There is no grant for ${listed(missing)}.`, 'shares')));
    return odd.length > 0
      ? odd
      : [
          onFile(
            assembly,
            file,
            pass(
              `The grants on the key of ${id} are those of its shares, one each: ${found.length}.`,
              'shares',
            ),
          ),
        ];
  });
}

const readersOfPolicies = eachKey(['shared-data'], namedReaders);

export const KEY_READERS: readonly Check[] = [
  {
    id: 'KMS-READERS',
    title:
      'Exactly the named roles of the owner and the recipients of its shares can decrypt with an organisation’s key.',
    reads: [
      'AWS::KMS::Key KeyPolicy',
      'key-policy-*.json',
      'asset.*/grants.json shares',
      'register.json agreements',
    ],
    why: 'This is the list of who can read the organisation’s data: nobody may be missing from it, and nobody more be on it.',
    goals: [
      'csp-3_goal.2',
      'csp-6.2_goal.5',
      'csp-8_goal.1',
      'csp-8_goal.2',
      'csp-9_goal.2',
      'csp-9_goal.7',
      'csp-1_goal.3',
    ],
    doesNotProve: 'Which grants there are now: the broker holds them against this list every hour.',
    remediation:
      'Hold the key policy to the three roles of the owner, and the list of grants to the shares of the register.',
    judge: (assembly) => [...readersOfPolicies(assembly), ...grantedReaders(assembly)],
  },
];
