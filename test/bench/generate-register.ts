/**
 * Writes registers of any size, for measurement. Organisations and agreements are those of the sample register with
 * other ids, accounts, parties and dates, so their texts are as long as real ones, and they follow the schema as it
 * changes. The same size gives the same files, byte for byte.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Random } from './random';
import {
  readSample,
  SAMPLE,
  type Sample,
  type SampleAgreement,
  type SampleOrganisation,
  type Template,
} from './sample';

/** The day on which the generated registers are judged: every agreement is in force. */
export const AS_OF = '2026-11-22';

/**
 * The sample register as it is; a zone with many organisations, and 2.75 agreements for each if no number is given; or one
 * department that shares with so many councils.
 */
export type Shape =
  | { readonly kind: 'sample' }
  | { readonly kind: 'zone'; readonly organisations: number; readonly agreements?: number }
  | { readonly kind: 'department'; readonly councils: number; readonly agreements: 'one' | 'each' };

/** How many agreements a zone has for each organisation: 1,100 where 400 take part. */
const AGREEMENTS_PER_ORGANISATION = 2.75;

const DATES = { starts: '2026-04-01', review: '2027-03-31', ends: '2029-03-31' };
const JOINS = '2026-03-02';
const ASSESSED = '2026-03-06';

/** Of each twenty organisations that take part, the sectors, in the order in which they join. */
const SECTORS = [
  ...['central-government', 'local-government', 'local-government', 'health', 'local-government'],
  ...['local-government', 'police', 'local-government', 'local-government', 'third-sector'],
  ...['local-government', 'local-government', 'justice', 'local-government', 'health'],
  ...['local-government', 'local-government', 'private-sector', 'local-government', 'local-government'],
];

/** The rounds of twenty in which organisations keep the custody of the sample; in all others KMS makes every key. */
const OWN_CUSTODY_EVERY = 5;

/** What is only of the organisation or the agreement that it was written for. */
const LEFT_OUT = new Set([
  ...['leaves', 'successors', 'paused', 'suspended', 'supersedes', 'novatedFrom'],
  // Keys are of the organisations that the sample names.
  ...['sealed', 'approvals', 'approvers'],
]);

/**
 * Writes a register into a new folder, and gives the number of its organisations and agreements. The sample may be that of
 * another build, which knows no newer settings.
 */
export function generateRegister(
  folder: string,
  shape: Shape,
  from: string = SAMPLE,
): { organisations: number; agreements: number } {
  const sample = readSample(from);
  if (shape.kind === 'sample') {
    cpSync(from, folder, { recursive: true });
    return { organisations: sample.organisations.length, agreements: sample.templates.length };
  }
  const parts = shape.kind === 'zone' ? zone(sample, shape) : department(sample, shape);
  for (const room of ['organisations', 'agreements']) mkdirSync(join(folder, room), { recursive: true });
  for (const file of ['zone.yaml', 'contracts']) {
    cpSync(join(from, file), join(folder, file), { recursive: true });
  }
  for (const each of parts.organisations) write(folder, 'organisations', each);
  for (const each of parts.agreements) write(folder, 'agreements', each);
  return { organisations: parts.organisations.length, agreements: parts.agreements.length };
}

interface Parts {
  readonly organisations: readonly SampleOrganisation[];
  readonly agreements: readonly SampleAgreement[];
}

function zone(
  sample: Sample,
  { organisations: count, agreements: number }: Extract<Shape, { kind: 'zone' }>,
): Parts {
  const organisations = Array.from({ length: count }, (_, index) => {
    const sector = SECTORS[index % SECTORS.length];
    const round = Math.floor(index / SECTORS.length);
    const alike = sample.organisations.filter((each) => each.sector === sector);
    return organisation(pick(alike, round), index + 1, round % OWN_CUSTODY_EVERY === 0);
  });
  const random = new Random(count);
  const usable = sample.templates.filter((each) => parties(each, organisations).pairs);
  const wanted = usable.length === 0 ? 0 : (number ?? Math.round(count * AGREEMENTS_PER_ORGANISATION));
  const agreements = Array.from({ length: wanted }, (_, index) => {
    const template = random.one(usable);
    const { owners, collectors } = parties(template, organisations);
    const owner = random.one(owners);
    const others = collectors.filter((each) => each !== owner);
    return agreement(template, index + 1, owner, random.some(others, recipientCount(random)));
  });
  return { organisations, agreements };
}

/** Seven in ten have one recipient, two a few, one many. */
function recipientCount(random: Random): number {
  const lot = random.next();
  if (lot < 0.7) return 1;
  return lot < 0.9 ? random.between(2, 3) : random.between(4, 12);
}

function department(sample: Sample, { councils, agreements }: Extract<Shape, { kind: 'department' }>): Parts {
  const [template] = sample.templates
    .filter(({ ownerSector, recipientSectors }) => {
      return ownerSector === 'central-government' && recipientSectors.has('local-government');
    })
    .sort((a, b) => b.agreement.recipients.length - a.agreement.recipients.length);
  const original = sample.organisations.find((each) => each.id === template?.agreement.owner);
  if (template === undefined || original === undefined) {
    throw new Error('the sample register has no department that shares with councils');
  }
  const owner = organisation(original, 0);
  const alike = sample.organisations.filter((each) => {
    return each.sector === 'local-government' && each.mayCollect.length > 0;
  });
  const recipients = Array.from({ length: councils }, (_, index) =>
    organisation(pick(alike, index), index + 1),
  );
  return {
    organisations: [owner, ...recipients],
    agreements:
      agreements === 'one'
        ? [agreement(template, 1, owner, recipients)]
        : recipients.map((each, index) => agreement(template, index + 1, owner, [each])),
  };
}

function parties({ ownerSector, recipientSectors }: Template, organisations: readonly SampleOrganisation[]) {
  const owners = organisations.filter((each) => each.sector === ownerSector && each.mayDeposit?.length);
  const collectors = organisations.filter((each) => {
    return recipientSectors.has(each.sector) && each.mayCollect.length > 0;
  });
  const pairs = owners.some((owner) => collectors.some((each) => each !== owner));
  return { owners, collectors, pairs };
}

/** The same organisation under another name and account. */
function organisation(original: SampleOrganisation, number: number, ownCustody = false): SampleOrganisation {
  const account = `3${String(number).padStart(11, '0')}`;
  const moved = JSON.parse(
    JSON.stringify(without(original)).replaceAll(original.account, account),
  ) as SampleOrganisation;
  const { custody, identifiers } = moved;
  return {
    ...moved,
    id: `${original.id}-${number}`,
    name: `${original.name} ${number}`,
    identifiers: identifiers.map((each) => ({ ...each, value: renumbered(each.value, number) })),
    ...(custody && !ownCustody && { custody: { kind: 'account', administrators: custody.administrators } }),
    joins: JOINS,
  };
}

/** A code of the same form that no other organisation has. */
function renumbered(code: string, number: number): string {
  const end = /\d{1,5}$/.exec(code)?.[0];
  if (end === undefined) return `${code}-${number}`;
  return code.slice(0, -end.length) + String(number).padStart(end.length, '0');
}

function agreement(
  { agreement: original }: Template,
  number: number,
  owner: SampleOrganisation,
  recipients: readonly SampleOrganisation[],
): SampleAgreement {
  return {
    ...without(original),
    id: `${original.id}-${number}`,
    owner: owner.id,
    recipients: recipients.map((each) => each.id),
    dpia: { ...original.dpia, date: ASSESSED },
    ...DATES,
  };
}

function without<T extends object>(original: T): T {
  return Object.fromEntries(Object.entries(original).filter(([key]) => !LEFT_OUT.has(key))) as T;
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined)
    throw new RangeError('the sample register has no organisation of a sector that is wanted');
  return item;
}

function write(folder: string, room: string, value: { readonly id: string }): void {
  const text = `# yaml-language-server: $schema=../schema/${room.slice(0, -1)}.schema.json\n${stringify(value, { lineWidth: 120 })}`;
  writeFileSync(join(folder, room, `${value.id}.yaml`), text);
}
