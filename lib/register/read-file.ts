/** Reads one file of a register and says what is wrong with it by itself. */
import type { z } from 'zod';
import { type Diagnostic, startOf } from './diagnostic';
import { at } from './draft';
import { locate } from './explain/fault';
import { schemaFaults } from './explain/schema-issue';
import { alternatives, metaOf, schemaAt, settingsOf } from './explain/schema-walk';
import { told } from './explain/told';
import type { FileNoun } from './explain/unknown-key';
import type { RegisterFile } from './folder';
import { claimOf, type FolderName, folderOf, unexpectedFile } from './layout';
import { rememberingFiles } from './read-before';
import { type Agreement, agreementSchema } from './schema/agreement';
import { type ApprovalEnvelope, approvalSchema } from './schema/approval';
import { type Contract, contractSchema } from './schema/contract';
import { type Organisation, organisationSchema } from './schema/organisation';
import { type Zone, zoneSchema } from './schema/zone';
import { type Reading, YamlSource } from './yaml-source';

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

/** Reads and checks one file by itself. */
export const readFile = rememberingFiles((file): FileResult | Diagnostic => {
  const folder = folderOf(file.path);
  return folder === undefined
    ? unexpectedFile(file.path, Buffer.from(file.bytes).toString('utf8'))
    : read(file, folder);
});

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
