/** The sample register, as a store of realistic organisations and agreements to make others from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** The folder of the sample register. */
export const SAMPLE = resolve(__dirname, '../../register');

/** The settings of an organisation that the generator changes or chooses by; all others are kept as they are. */
export interface SampleOrganisation {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly membership: 'member' | 'external';
  readonly account: string;
  readonly identifiers: readonly { readonly value: string }[];
  readonly custody?: { readonly kind: string; readonly administrators: readonly string[] };
  readonly mayDeposit?: readonly string[];
  readonly mayCollect: readonly string[];
  readonly joins: string;
}

/** As above, of an agreement. */
export interface SampleAgreement {
  readonly id: string;
  readonly owner: string;
  readonly recipients: readonly string[];
  readonly dpia: Readonly<Record<string, string>>;
}

/** An agreement with the sectors that its parties come from, by which it can be made again for others. */
export interface Template {
  readonly agreement: SampleAgreement;
  readonly ownerSector: string;
  readonly recipientSectors: ReadonlySet<string>;
}

/** What the generator takes from the sample register. */
export interface Sample {
  readonly organisations: readonly SampleOrganisation[];
  readonly templates: readonly Template[];
}

/** Reads the sample register, from its own folder or another build’s. Every value is text, as it is written. */
export function readSample(from: string = SAMPLE): Sample {
  const organisations = filesOf<SampleOrganisation>(from, 'organisations');
  const sectors = new Map(organisations.map((each) => [each.id, each.sector]));
  const sectorOf = (id: string) => {
    const sector = sectors.get(id);
    if (sector === undefined) throw new Error(`the sample register has no organisation ${id}`);
    return sector;
  };
  return {
    organisations,
    templates: filesOf<SampleAgreement>(from, 'agreements').map((agreement) => ({
      agreement,
      ownerSector: sectorOf(agreement.owner),
      recipientSectors: new Set(agreement.recipients.map(sectorOf)),
    })),
  };
}

function filesOf<T>(from: string, room: string): T[] {
  const folder = join(from, room);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(join(folder, name), 'utf8'), { schema: 'failsafe' }) as T);
}
