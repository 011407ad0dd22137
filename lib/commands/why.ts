/** `concordat why`: whether one organisation can read what another shares, and by which statements, or which one is missing. */
import { resolve } from 'node:path';
import { AssemblyError, openAssembly, type World, worldOf } from '../assembly';
import { type Decision, why as reasonsOf } from '../iam';
import { ownerOf, type WayToRead, waysToRead } from '../proof';
import { nearest } from '../words/nearest';
import { command } from './command';
import { UsageError, word } from './option';
import { EXIT } from './terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from './vocabulary';

/** Needs neither network nor AWS. Exits 0 where it can read, 1 where it cannot, 3 where the assembly is faulty. */
export const why = command({
  name: 'why',
  words: {
    reader: word('the organisation that would read'),
    owner: word('the organisation whose data it is, or its bucket, or the ARN of its key'),
  },
  options: { ...ASSEMBLY_OPTION, ...JSON_OPTION },
  example: 'npx concordat why leeds dwp',
  run: (values, { cwd, out, err }) => {
    try {
      const world = worldOf(openAssembly(resolve(cwd, values.assembly)));
      const reader = demand(world, values.reader);
      const owner = demand(world, values.owner);
      if (reader.id === owner.id) throw new UsageError(`${reader.id} is both: name two organisations`);
      const ways = waysToRead(world, reader, owner);
      const can = ways.some(isOpen);
      if (values.json)
        out(
          `${JSON.stringify({ schema: 'concordat-why/v1', asOf: world.asOf, reader: reader.id, owner: owner.id, can, ways: ways.map(plain) }, null, 2)}\n`,
        );
      else out(`${ways.map((way) => linesOf(way, reader.id, owner.id).join('\n')).join('\n\n')}\n`);
      err(`\n${reader.id} ${can ? 'can' : 'cannot'} read what ${owner.id} shares.\n`);
      return can ? EXIT.clean : EXIT.findings;
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
});

function demand(world: World, word: string) {
  const found = ownerOf(world, word);
  if (found !== undefined) return found;
  const near = nearest(
    word,
    world.register.organisations.map(({ id }) => id),
  );
  throw new UsageError(
    `this assembly has no organisation, bucket or key '${word}'${near ? `: did you mean ${near.word}?` : ''}`,
  );
}

/** Reading needs both yeses. */
function isOpen({ read, decrypt }: WayToRead): boolean {
  return read.verdict === 'allowed' && decrypt?.verdict === 'allowed';
}

function plain({ accessPoint, share, object, time, read, decrypt }: WayToRead) {
  const told = (decision: Decision | undefined) =>
    decision && { verdict: decision.verdict, because: reasonsOf(decision) };
  return {
    accessPoint: accessPoint ?? null,
    agreement: share?.agreement ?? null,
    days: share ? { from: share.from, until: share.until } : null,
    object,
    time,
    read: told(read),
    decrypt: told(decrypt),
  };
}

function linesOf(way: WayToRead, reader: string, owner: string): string[] {
  const { accessPoint, share, object, time, read, decrypt } = way;
  const by = accessPoint === undefined ? 'straight to the bucket' : `through the access point ${accessPoint}`;
  return [
    `${isOpen(way) ? 'yes' : 'no'}: ${reader} reads ${object} of ${owner} ${by}, at ${time}`,
    ...(share ? [`  agreement ${share.agreement}, from ${share.from}, over at ${share.until}`] : []),
    `  S3 (s3:GetObject): ${read.verdict}`,
    ...reasonsOf(read).map((each) => `    ${each}`),
    `  KMS (kms:Decrypt): ${decrypt?.verdict ?? 'no key is known'}`,
    ...(decrypt ? reasonsOf(decrypt).map((each) => `    ${each}`) : []),
  ];
}
