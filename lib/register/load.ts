/** Loads a register: every file, every rule, every fault at once. */
import type { z } from 'zod';
import type { IsoDate } from './calendar';
import { byPlace, type Diagnostic, startOf } from './diagnostic';
import type { Draft, Sourced } from './draft';
import { at } from './draft';
import { locate } from './explain/fault';
import { schemaFaults } from './explain/schema-issue';
import { alternatives, metaOf, schemaAt, settingsOf } from './explain/schema-walk';
import { told } from './explain/told';
import type { FileNoun } from './explain/unknown-key';
import type { RegisterFile } from './folder';
import { claimOf, type FolderName, folderOf, missingZone, unexpectedFile } from './layout';
import { rememberingFiles } from './read-before';
import { Register } from './register';
import { approvalsAreNotAhead, approvalsCount, approversCanSign } from './rules/approvals';
import { contractCanBeHeldAgainst, contractIsNamedOrExplained } from './rules/contract';
import { contractsCompile, numbersAreExact } from './rules/contract-rules';
import { largestObjectCanBeChecked } from './rules/contract-size';
import { inboxesAreOfTheParties, messagesCanBeRead } from './rules/correspondence';
import { agreementsLieInMembership, datesAreInOrder } from './rules/dates';
import { disposalFits } from './rules/disposal';
import { gatewaysAreInForce } from './rules/gateway-days';
import { deployersAreTheOperators, unitsAreDistinct } from './rules/guardrails';
import {
  accountsAreDistinct,
  administratorsAreApart,
  codesAreDistinct,
  idsAreHandles,
  mailboxesAreTeams,
  principalsAreOwn,
  stoppersAreTheOperators,
} from './rules/identity';
import { lawfulBasisFits } from './rules/lawful-basis';
import { formerKeysAreTheLedgers } from './rules/ledger-keys';
import { mailboxHasItsOwnOrigin, servedPageIsTheOperators } from './rules/mailbox';
import { mailboxesCanBeTold, notifyIsTheZones } from './rules/notify';
import { textsIdentifyNobody } from './rules/personal-data';
import { assessedBeforeTheStart, objectsCanBeScanned, whatWasDoneHasBeen } from './rules/possible';
import { withheldIsNotTold } from './rules/public-record';
import { idsResolve, partiesCanAct } from './rules/references';
import { regionIsInTheUk } from './rules/region';
import { listsRepeatNothing } from './rules/repeated';
import { rolloutIsApart } from './rules/rollout';
import { sealsCanBeOpened } from './rules/sealed';
import { appRolesAreOfOne, providersAreTheirOwn, signInSaysWho, whoSignsInIsNamed } from './rules/sign-in';
import { agreementsFollow, handOversFollow, successorsFollow } from './rules/succession';
import { type Agreement, agreementSchema } from './schema/agreement';
import { type ApprovalEnvelope, approvalSchema } from './schema/approval';
import { type Contract, contractSchema } from './schema/contract';
import { type Organisation, organisationSchema } from './schema/organisation';
import { type Zone, zoneSchema } from './schema/zone';
import { type Reading, YamlSource } from './yaml-source';

/** What came of loading: a register, or every reason why there is none. */
export type Loaded =
  | {
      readonly ok: true;
      readonly register: Register;
      /** What can be read and made, and would not work on AWS as its limits are. */
      readonly findings: readonly Diagnostic[];
      readonly lines: ReadonlyMap<string, readonly string[]>;
    }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      /** The lines of each file that has faults, for code frames. */
      readonly lines: ReadonlyMap<string, readonly string[]>;
    };

/** What one file came to. */
export interface FileResult {
  readonly source: YamlSource;
  readonly folder: FolderName | 'zone';
  /** The id that the file’s name claims. */
  readonly claim: string;
  /** The value, if the file has no fault of its own. */
  readonly value: Zone | Organisation | Agreement | Contract | ApprovalEnvelope | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const KINDS = {
  zone: { schema: zoneSchema, noun: 'the zone', reading: 'text' },
  organisations: { schema: organisationSchema, noun: 'an organisation', reading: 'text' },
  agreements: { schema: agreementSchema, noun: 'an agreement', reading: 'text' },
  contracts: { schema: contractSchema, noun: 'a data contract', reading: 'typed' },
  approvals: { schema: approvalSchema, noun: 'an approval', reading: 'text' },
} as const satisfies Record<FolderName | 'zone', { schema: z.ZodType; noun: FileNoun; reading: Reading }>;

/** The names of the settings at the top of each kind of file. */
const TOPS: Readonly<Record<FolderName | 'zone', ReadonlySet<string>>> = {
  zone: topsOf(zoneSchema),
  organisations: topsOf(organisationSchema),
  agreements: topsOf(agreementSchema),
  contracts: topsOf(contractSchema),
  approvals: topsOf(approvalSchema),
};

function topsOf(schema: z.ZodType): ReadonlySet<string> {
  return new Set(alternatives(schema).flatMap((each) => Object.keys(settingsOf(each))));
}

/**
 * Loads a register from its files.
 * @param files every file of the folder, in any order
 * @param asOf the day on which exceptions must be in force
 * @param by the day by which all that the register says was done must have been done; not looked at if not given
 */
export function loadRegister(files: readonly RegisterFile[], asOf: IsoDate, by?: IsoDate): Loaded {
  return assemble(
    files.map(readFile),
    files.some((file) => file.path === 'zone.yaml') ? [] : [missingZone()],
    asOf,
    by,
  );
}

/** Reads and checks one file by itself. */
export const readFile = rememberingFiles((file): FileResult | Diagnostic => {
  const folder = folderOf(file.path);
  return folder === undefined
    ? unexpectedFile(file.path, Buffer.from(file.bytes).toString('utf8'))
    : read(file, folder);
});

/** Puts files that were read together and applies the rules that span them. */
export function assemble(
  results: readonly (FileResult | Diagnostic)[],
  more: readonly Diagnostic[],
  asOf: IsoDate,
  by?: IsoDate,
): Loaded {
  const read = results.filter((result) => 'source' in result);
  const misnamed = results.flatMap((result) => ('source' in result ? [] : (result.suggestion ?? [])));
  const draft = draftOf(read, misnamed);
  const findings = objectsCanBeScanned(draft);
  const faults = [
    ...more.filter((each) => !misnamed.includes(each.place.file)),
    ...results.flatMap((result) => ('source' in result ? copiesNamed(result, read) : [result])),
    ...RULES.flatMap((rule) => rule(draft)),
    ...regionIsInTheUk(draft, asOf),
    ...mailboxHasItsOwnOrigin(draft),
    ...servedPageIsTheOperators(draft),
    ...(by === undefined ? [] : [...whatWasDoneHasBeen(draft, by), ...approvalsAreNotAhead(draft, by)]),
  ];
  const diagnostics = [...faults, ...findings].sort(byPlace);
  const faulty = new Set(diagnostics.map((each) => each.place.file));
  const lines = new Map(
    read.filter((each) => faulty.has(each.source.file)).map((each) => [each.source.file, each.source.lines]),
  );
  if (faults.length > 0 || draft.zone === undefined) return { ok: false, diagnostics, lines };
  return { ok: true, register: Register.of({ ...draft, zone: draft.zone }), findings: diagnostics, lines };
}

const RULES = [
  idsAreHandles,
  accountsAreDistinct,
  principalsAreOwn,
  stoppersAreTheOperators,
  administratorsAreApart,
  codesAreDistinct,
  mailboxesAreTeams,
  idsResolve,
  partiesCanAct,
  datesAreInOrder,
  disposalFits,
  agreementsLieInMembership,
  lawfulBasisFits,
  gatewaysAreInForce,
  approversCanSign,
  approvalsCount,
  successorsFollow,
  handOversFollow,
  agreementsFollow,
  contractsCompile,
  numbersAreExact,
  contractIsNamedOrExplained,
  contractCanBeHeldAgainst,
  largestObjectCanBeChecked,
  sealsCanBeOpened,
  inboxesAreOfTheParties,
  messagesCanBeRead,
  withheldIsNotTold,
  unitsAreDistinct,
  deployersAreTheOperators,
  rolloutIsApart,
  formerKeysAreTheLedgers,
  notifyIsTheZones,
  mailboxesCanBeTold,
  assessedBeforeTheStart,
  signInSaysWho,
  whoSignsInIsNamed,
  providersAreTheirOwn,
  appRolesAreOfOne,
  textsIdentifyNobody,
  listsRepeatNothing,
];

function read(file: RegisterFile, folder: FolderName | 'zone'): FileResult {
  const { schema, noun, reading } = KINDS[folder];
  const source = new YamlSource(file.path, file.bytes, reading, TOPS[folder]);
  const claim = claimOf(file.path);
  const none = { source, folder, claim, value: undefined };
  if (source.value === undefined) return { ...none, diagnostics: source.diagnostics };
  if (source.value === null || source.value === '') {
    const empty = {
      code: 'missing-key',
      message: 'the file is empty',
      fix: `fill in ${noun}, or remove the file`,
    } as const;
    return { ...none, diagnostics: [{ ...empty, place: startOf(file.path) }] };
  }
  const { faults, value } = schemaFaults<Zone | Organisation | Agreement | Contract | ApprovalEnvelope>(
    schema,
    source.value,
    noun,
  );
  const diagnostics = [
    ...source.diagnostics,
    ...faults.map((fault) => locate(source, told(fault, source.value, claim))),
    ...unquoted(schema, source, new Set(faults.map((fault) => fault.path.join('.')))),
  ];
  if (folder !== 'zone' && value !== undefined && 'id' in value && value.id !== claim) {
    diagnostics.push(
      at(source, ['id'], {
        code: 'file-name',
        message: `the id is \`${value.id}\`, but the file is called ${claim}.yaml`,
        found: value.id,
        allowed: claim,
        fix: `rename the file to ${folder}/${value.id}.yaml, or write \`id: ${claim}\``,
      }),
    );
  }
  return { ...none, value: diagnostics.length === 0 ? value : undefined, diagnostics };
}

/** The faults of a file; where its id is that of another file, it was copied, and renaming it would overwrite the other. */
function copiesNamed(
  { diagnostics, folder, claim, source }: FileResult,
  read: readonly FileResult[],
): readonly Diagnostic[] {
  return diagnostics.map((each) => {
    if (each.code !== 'file-name') return each;
    const original = read.find(
      (other) =>
        other.source !== source &&
        other.folder === folder &&
        other.claim === each.found &&
        idIn(other.source.value) === each.found,
    );
    return original === undefined
      ? each
      : {
          ...each,
          message: `the id \`${each.found}\` is that of ${original.source.file} already`,
          fix: `write \`id: ${claim}\` if this is a copy with changes of its own; otherwise remove the file`,
        };
  });
}

/** What every account id without quotes looks like, and one in quotes or in an ARN does not; nor does the end of a key’s id. */
const BARE_ACCOUNT = /(?<![\w-])\d{12}\b(?![:"'])/;

/** Account ids must be quoted; YAML tools would otherwise take them for numbers. */
function unquoted(schema: z.ZodType, source: YamlSource, reported: ReadonlySet<string>): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (!source.holds(BARE_ACCOUNT)) return diagnostics;
  source.eachPlainScalar(/^\d{12}$/, (path, text) => {
    const setting = schemaAt(schema, path, source.value);
    if (setting === undefined || metaOf(setting).quoted !== true || reported.has(path.join('.'))) return;
    diagnostics.push(
      at(source, path, {
        code: 'unquoted-account',
        message: 'an account id without quotes is a number to YAML, which drops a leading zero',
        found: text,
        allowed: `"${text}"`,
        suggestion: `"${text}"`,
        fix: `put it in quotes: "${text}"`,
      }),
    );
  });
  return diagnostics;
}

function draftOf(results: readonly FileResult[], misnamed: readonly string[]): Draft {
  const claims = (folder: FolderName) =>
    new Set([
      ...results
        .filter((each) => each.folder === folder)
        .flatMap((each) => [each.claim, idIn(each.source.value) ?? each.claim]),
      ...misnamed.filter((path) => path.startsWith(`${folder}/`)).map(claimOf),
    ]);
  const values = <T>(folder: FolderName): ReadonlyMap<string, Sourced<T>> =>
    new Map(
      results
        .filter((each) => each.folder === folder && each.value !== undefined)
        .map((each) => [each.claim, { value: each.value as T, source: each.source }]),
    );
  const zone = results.find((each) => each.folder === 'zone' && each.value !== undefined);
  return {
    zone: zone && { value: zone.value as Zone, source: zone.source },
    organisations: values<Organisation>('organisations'),
    agreements: values<Agreement>('agreements'),
    contracts: values<Contract>('contracts'),
    approvals: values<ApprovalEnvelope>('approvals'),
    claimed: {
      organisations: claims('organisations'),
      agreements: claims('agreements'),
      contracts: claims('contracts'),
    },
  };
}

function idIn(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}
