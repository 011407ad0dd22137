/** Rules on sealed agreements: every key is one that can be sealed to, of one kind, and every recipient has one. */
import type { SealKind } from '../../wire';
import { type AgeKey, ageKeyOf } from '../age-keys';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { namedParties } from '../parties';
import type { Agreement } from '../schema/agreement';

type Keys = NonNullable<Agreement['sealed']>['keys'];

/** What is sealed to an agreement’s keys can be opened by its recipients, and by nobody else. */
export function sealsCanBeOpened(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => {
    const keys = agreement.value.sealed?.keys;
    if (keys === undefined) return [];
    const faulty = keys.flatMap((each, index) => keyFault(agreement, keys, each.key, index));
    // Of what kind a key is says nothing once one of them is none.
    const kinds = faulty.length > 0 ? [] : kindsMixed(agreement, keys);
    return [...faulty, ...kinds, ...holders(agreement, keys)];
  });
}

const FAULTS: Readonly<
  Record<Extract<AgeKey, { fault: string }>['fault'], { message: string; fix: string }>
> = {
  checksum: {
    message: 'the checksum in this key does not fit: a letter of it was lost or changed',
    fix: 'copy the whole key again from where it was made; do not type it',
  },
  plugin: {
    message:
      'this is a key for a plugin of age, such as one for a security token, and not every recipient’s program has it',
    fix: 'write a key that begins with age1 and holds no further name, or one that begins with age1pq1',
  },
  ssh: {
    message: 'this is a key of SSH',
    fix: 'have the recipient make a key of age with `concordat identity new` or age-keygen',
  },
  capitals: {
    message: 'the key is written with capitals, which programs refuse',
    fix: 'write it in lower case, as it was made',
  },
  form: {
    message: 'this is no public key of age',
    fix: 'copy the whole public key: it begins with age1, and has no spaces',
  },
};

function keyFault({ source }: Sourced<Agreement>, keys: Keys, text: string, index: number): Diagnostic[] {
  const path = ['sealed', 'keys', index, 'key'];
  const key = ageKeyOf(text);
  const found = short(text);
  if ('fault' in key)
    return [
      at(source, path, {
        code: 'sealed-key',
        ...FAULTS[key.fault],
        found,
        allowed: 'a public key of age: age1…, or age1pq1…',
      }),
    ];
  const first = keys.findIndex((each) => each.key === text);
  if (first === index) return [];
  return [
    at(source, path, {
      code: 'duplicate-value',
      message: `this is the key of item ${first + 1} again`,
      found,
      fix:
        keys[first]?.holder === keys[index]?.holder
          ? 'remove one of the two'
          : 'have each of the two make a key of its own: a secret key that two organisations have is nobody’s',
    }),
  ];
}

const IN_WORDS: Readonly<Record<SealKind, string>> = {
  x25519: 'age1… (X25519)',
  'post-quantum': 'age1pq1… (post-quantum)',
};

/** A file that is sealed to both kinds is no stronger than the weaker, and age refuses to write one. */
function kindsMixed({ source }: Sourced<Agreement>, keys: Keys): Diagnostic[] {
  const kinds = keys.map(({ key }) => kindOf(key));
  const [first] = kinds;
  const index = kinds.findIndex((each) => each !== first);
  if (first === undefined || index < 0) return [];
  const other = kinds[index] ?? first;
  return [
    at(source, ['sealed', 'keys', index, 'key'], {
      code: 'sealed-key',
      message: `the agreement has keys of both kinds, and what is sealed to both is no stronger than the weaker; item 1 is ${IN_WORDS[first]}, this is ${IN_WORDS[other]}`,
      found: short(keys[index]?.key ?? ''),
      allowed: 'keys of one kind',
      fix: 'write age1pq1… for all where every recipient’s program reads it, else age1… for all',
    }),
  ];
}

/** Keys are those of recipients, and each of them has one: others have nothing to open, and the owner has the file. */
function holders({ value, source }: Sourced<Agreement>, keys: Keys): Diagnostic[] {
  const named = namedParties(value);
  const recipients = named.filter(({ collects }) => collects);
  const collectors = recipients.map(({ id }) => id);
  const deposits = (holder: string) => named.some((each) => each.id === holder && each.deposits);
  const strangers = keys.flatMap(({ holder }, index) =>
    collectors.includes(holder)
      ? []
      : [
          at(source, ['sealed', 'keys', index, 'holder'], {
            code: 'unresolved-id',
            message: deposits(holder)
              ? `${holder} is the owner: it has what it sends, and whoever got hold of its key could read all of it`
              : `${holder} is no recipient of this agreement`,
            found: holder,
            allowed: collectors.join(', '),
            fix: 'write the recipient whose key it is, or remove the key',
          }),
        ],
  );
  // Whoever has named another organisation by mistake is told so once.
  if (strangers.length > 0) return strangers;
  return recipients.flatMap(({ id, path }, index) =>
    keys.some(({ holder }) => holder === id) || collectors.indexOf(id) !== index
      ? []
      : [
          at(source, path, {
            code: 'sealed-key',
            message: `the agreement is sealed, and ${id} has no key: it could open nothing`,
            found: id,
            fix: 'add its key under `sealed`, or give it an agreement of its own',
          }),
        ],
  );
}

function kindOf(text: string): SealKind | undefined {
  const key = ageKeyOf(text);
  return 'kind' in key ? key.kind : undefined;
}

/** A key of the post-quantum kind has 1,959 characters. */
function short(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 30)}…${text.slice(-10)}`;
}
