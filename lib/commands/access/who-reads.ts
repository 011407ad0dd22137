/** `concordat who reads`: who reads an object of an agreement on a day, by which roles and statements. */
import { type AgreementFacts, worldOf } from '../../assembly';
import { type Reader, readersOf, type SignedInReader } from '../../proof';
import { dateOf, inWords } from '../../register/calendar';
import { listedOr, orList } from '../../words';
import { command } from '../command';
import { day, text, UsageError, word } from '../option';
import { assemblyFlag } from '../places';
import { EXIT } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { answered, demandAgreement, wayData, wayLines } from './question';

/** Needs neither network nor AWS. Exits 0 where somebody reads it, 1 where nobody does, 3 where the assembly is faulty. */
export const whoReads = command({
  name: 'who reads',
  words: { agreement: word('the agreement under which the object is shared') },
  options: {
    owner: text('ID', 'whose object, under a reciprocal agreement: each party owns what it deposits'),
    object: text('KEY', 'the key of the object in the owner’s bucket; any of the agreement if not given'),
    on: day('ask as of this day, such as 2027-04-01; the day of the assembly if not given'),
    ...ASSEMBLY_OPTION,
    ...JSON_OPTION,
  },
  example: 'npx concordat who reads benefit-rates --on 2027-04-01',
  run: (values, terminal) =>
    answered(values.assembly, terminal, (assembly) => {
      const world = worldOf(assembly);
      const agreement = demandAgreement(world, values.agreement);
      const asked: Asked = {
        agreement,
        direction: directionAsked(agreement, values.owner),
        object: objectOf(agreement, values.object),
        on: values.on ?? dateOf(world.asOf),
      };
      const readers = readersOf(world, agreement, asked.direction, asked.object, `${asked.on}T12:00:00Z`);
      terminal.out(values.json ? dataOf(asked, readers) : textOf(asked, readers));
      const reading = readers.filter(({ ways }) => ways.length > 0);
      terminal.err(`\n${verdict(asked, reading, assemblyFlag(values.assembly, terminal))}\n`);
      return reading.length > 0 ? EXIT.clean : EXIT.findings;
    }),
});

interface Asked {
  readonly agreement: AgreementFacts;
  readonly direction: AgreementFacts['directions'][number];
  readonly object: string;
  /** YYYY-MM-DD. */
  readonly on: ReturnType<typeof dateOf>;
}

/** @throws UsageError where it is not said whose object it is, and several own one, or it is nobody’s */
function directionAsked({ id, directions }: AgreementFacts, owner: string | undefined) {
  const [first] = directions;
  const owners = orList(directions.map((each) => each.owner));
  const found = owner === undefined ? first : directions.find((each) => each.owner === owner);
  if (found === undefined)
    throw new UsageError(`--owner is '${owner}', and ${owners} owns what is shared under ${id}`);
  if (owner === undefined && directions.length > 1)
    throw new UsageError(
      `${id} is reciprocal, and each party owns what it deposits: say whose object, --owner ${owners}`,
    );
  return found;
}

/** @throws UsageError where the object is not one of the agreement’s */
function objectOf({ id }: AgreementFacts, given: string | undefined): string {
  const folder = `agreements/${id}/`;
  if (given === undefined) return `${folder}object`;
  if (given.startsWith(folder) && given.length > folder.length) return given;
  throw new UsageError(
    `--object is '${given}', and what is shared under ${id} lies below ${folder}: give a key such as ${folder}2027-04-01.csv`,
  );
}

function textOf({ agreement, direction, object, on }: Asked, readers: readonly Reader[]): string {
  const head = `${object} of ${direction.owner}, at noon on ${inWords(on)} (UTC), found clean and released:`;
  return `${[[head], ...readers.map(readerLines), ...sealedLines(agreement, direction.owner)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Of a sealed agreement: who can open what is read. */
function sealedLines({ sealed, correspondence }: AgreementFacts, owner: string): string[][] {
  if (sealed === undefined) return [];
  return [
    [
      'sealed: whoever reads it gets what is encrypted once more, and opens it by one of these keys alone:',
      ...sealed.keys
        .filter(({ holder }) => holder !== owner)
        .map(({ key, holder, keptBy }) => `  ${holder}, ${shortKey(key)}: ${keptBy}`),
      `  why: ${sealed.why}`,
      '  given up for it: the malware scan sees nothing inside, and the gate checks its form, not its contract; the recipient’s client does both',
      ...(correspondence
        ? [
            '  letters are sealed and opened in the mailbox’s page: whoever can change it could read them there',
          ]
        : []),
    ],
  ];
}

/** A post-quantum key has 1,959 characters. */
function shortKey(key: string): string {
  return key.length <= 70 ? key : `${key.slice(0, 24)}…${key.slice(-8)}`;
}

function readerLines({ organisation, ways, closed, isRecipient, role, people, signedIn }: Reader): string[] {
  const { id, name } = organisation;
  const isIt = isRecipient ? '' : ', which is no recipient of this agreement';
  const shown = ways.length > 0 ? ways : closed;
  return [
    `${ways.length > 0 ? 'reads' : 'does not read'}: ${name} (${id})${isIt}`,
    `  by the role ${role}`,
    `  which is taken on by ${listedOr('nobody', [...people, ...signedIn.map(signedInWords)])}`,
    ...shown.flatMap((way) => wayLines(way).map((line) => `  ${line}`)),
    ...(shown.length === 0 ? ['  no template makes an access point for it'] : []),
  ];
}

/** Who signs in, and who decides that. */
function signedInWords({ issuer, subject, appRole }: SignedInReader): string {
  return subject === undefined
    ? `whoever holds the app role ${appRole}, as the identity provider ${issuer} says`
    : `the subject ${subject}, for whom the identity provider ${issuer} vouches`;
}

/** @param flag the assembly that is meant, as an option: empty where it is meant anyway */
function verdict({ agreement, on }: Asked, reading: readonly Reader[], flag: string): string {
  const who = listedOr(
    'Nobody',
    reading.map(({ organisation }) => organisation.id),
  );
  return `${who} ${reading.length > 1 ? 'read' : 'reads'} it under ${agreement.id} on ${inWords(on)}. Every other way is proven closed where npx concordat prove${flag} ends with 0.`;
}

function dataOf({ agreement, direction, object, on }: Asked, readers: readonly Reader[]): string {
  const result = {
    schema: 'concordat-who-reads/v1',
    agreement: agreement.id,
    owner: direction.owner,
    object,
    on,
    ...(agreement.sealed && {
      sealed: {
        ...agreement.sealed,
        keys: agreement.sealed.keys.filter(({ holder }) => holder !== direction.owner),
      },
    }),
    readers: readers.map(({ organisation, ways, closed, isRecipient, role, people, signedIn }) => ({
      organisation: organisation.id,
      reads: ways.length > 0,
      isRecipient,
      role,
      takenOnBy: people,
      signedIn,
      ways: (ways.length > 0 ? ways : closed).map(wayData),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
