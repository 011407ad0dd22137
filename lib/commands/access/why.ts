/**
 * `concordat why`: whether one organisation can read what another shares, or whether one request is allowed. Says which
 * statements decide it, or what is missing.
 */
import { resolve } from 'node:path';
import {
  type Assembly,
  AssemblyError,
  type OrganisationFacts,
  openAssembly,
  type World,
  worldOf,
} from '../../assembly';
import { why as reasonsOf } from '../../iam';
import {
  explainedLines,
  explainFinding,
  explainRequest,
  findingOf,
  isOpen,
  linesOf,
  type NotInAssembly,
  notReachable,
  ownerOf,
  plainFinding,
  type RequestToExplain,
  type WayToRead,
  waysToRead,
} from '../../proof';
import { bundleDigests } from '../../start/bundles';
import { nearest } from '../../words';
import { command } from '../command';
import { optionalWord, UsageError } from '../option';
import { assemblyFlag } from '../places';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { wayData } from './question';
import { FINDING_OPTION, REQUEST_OPTIONS, requestIn } from './why-request';

/**
 * Needs neither network nor AWS. Exits 0 where it can read, or where the request is allowed, 1 where not, 3 where the assembly
 * is faulty.
 */
export const why = command({
  name: 'why',
  words: {
    reader: optionalWord('the organisation that would read'),
    owner: optionalWord('the organisation whose data it is, or its bucket, or the ARN of its key'),
  },
  options: { ...REQUEST_OPTIONS, ...FINDING_OPTION, ...ASSEMBLY_OPTION, ...JSON_OPTION },
  forms: [
    'READER OWNER [OPTIONS]',
    '--as WHO --action ACTION --resource ARN [OPTIONS]',
    '--finding NUMBER [OPTIONS]',
  ],
  example: 'npx concordat why leeds dwp',
  run: (values, terminal) => {
    const request = requestIn(values);
    const { reader, owner } = values;
    const { finding } = values;
    if (finding !== undefined && (request !== undefined || reader !== undefined))
      throw new UsageError('why takes --finding by itself: leave out all else');
    if (request !== undefined && reader !== undefined)
      throw new UsageError(`why takes either '${reader}' or --as: leave out one of them`);
    if (finding === undefined && request === undefined && (reader === undefined || owner === undefined))
      throw new UsageError('why needs READER and OWNER, or --as, --action and --resource, or --finding');
    try {
      const assembly = openAssembly(resolve(terminal.cwd, values.assembly));
      const world = worldOf(assembly);
      if (finding !== undefined) {
        const asked = { id: finding, flag: assemblyFlag(values.assembly, terminal) };
        return explainNumbered(assembly, world, asked, values.json, terminal);
      }
      if (request !== undefined) return explain(world, request, values.json, terminal);
      return read(world, demand(world, reader ?? ''), demand(world, owner ?? ''), values.json, terminal);
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
});

function read(
  world: World,
  reader: OrganisationFacts,
  owner: OrganisationFacts,
  json: boolean,
  { out, err }: Terminal,
): ExitCode {
  if (reader.id === owner.id) throw new UsageError(`${reader.id} is both: name two organisations`);
  const ways = waysToRead(world, reader, owner);
  const missing = notReachable(world, reader, owner);
  const can = ways.some(isOpen);
  if (json)
    out(
      `${JSON.stringify({ schema: 'concordat-why/v1', asOf: world.asOf, reader: reader.id, owner: owner.id, can, ways: ways.map(wayData), missing: missing.map(plainFinding) }, null, 2)}\n`,
    );
  else
    out(
      `${[...ways.map((way) => wayLines(way, reader.id, owner.id)), ...missing.map(linesOf)].map((lines) => lines.join('\n')).join('\n\n')}\n`,
    );
  err(`\n${reader.id} ${can ? 'can' : 'cannot'} read what ${owner.id} shares.\n`);
  return can ? EXIT.clean : EXIT.findings;
}

/** For each part of a request that the assembly may not know: its option, and the fix. */
const UNKNOWN: Readonly<Record<NotInAssembly['what'], readonly [option: string, fix: string]>> = {
  asker: ['as', 'give the ARN of a role, a user or a root user, the name of an AWS service, or unsigned'],
  resource: [
    'resource',
    'give the ARN of a bucket, of an object in it, of a key or of a role, as concordat prove does',
  ],
  'access point': ['through', 'give the ARN of an access point of that bucket, or leave it out'],
};

function explain(world: World, request: RequestToExplain, json: boolean, { out, err }: Terminal): ExitCode {
  const found = explainRequest(world, request);
  if (found.kind === 'not in the assembly') {
    const [option, fix] = UNKNOWN[found.what];
    const given = { asker: request.asker, resource: request.resource, 'access point': request.accessPoint };
    throw new UsageError(`--${option} is '${given[found.what]}', which this assembly does not know: ${fix}`);
  }
  const { verdict } = found;
  if (json)
    out(
      `${JSON.stringify({ schema: 'concordat-why/v1', asOf: world.asOf, verdict, ...plainFinding(found) }, null, 2)}\n`,
    );
  else out(`${linesOf(found).join('\n')}\n`);
  err(`\nThe request is ${verdict}.\n`);
  return verdict === 'allowed' ? EXIT.clean : EXIT.findings;
}

/**
 * Explains what no request shows.
 * @param asked with the assembly that is meant, as an option
 * @throws UsageError where the assembly has no such finding
 */
function explainNumbered(
  assembly: Assembly,
  world: World,
  { id, flag }: { readonly id: string; readonly flag: string },
  json: boolean,
  { out, err }: Terminal,
): ExitCode {
  const finding = findingOf(world, id, bundleDigests());
  if (finding === undefined)
    throw new UsageError(
      `this assembly has no finding ${id} (of access, prove prints another command): run npx concordat prove${flag}, and copy the last line of a finding`,
    );
  const found = explainFinding(finding, assembly, world);
  if (json)
    out(
      `${JSON.stringify({ schema: 'concordat-why/v1', asOf: world.asOf, ...plainFinding(finding), facts: found.facts }, null, 2)}\n`,
    );
  else out(`${[...linesOf(finding), ...explainedLines(found)].join('\n')}\n`);
  err('\nIt is a finding of this assembly.\n');
  return EXIT.findings;
}

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

function wayLines(way: WayToRead, reader: string, owner: string): string[] {
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
