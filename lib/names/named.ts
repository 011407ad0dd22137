/** What names are made from: ids, and the settings of the zone that stand in names. Taken from the register, but known without it. */
import type { core } from 'zod';

/** An AWS account id of 12 digits that the register’s schema has checked. */
export type AccountId = string & core.$brand<'AccountId'>;

/** The permanent handle of an organisation, at most 24 characters and without `--`, that the register’s schema has checked. */
export type OrganisationId = string & core.$brand<'OrganisationId'>;

/** The settings of the zone that stand in names. A `Zone` of the register is one. */
export interface NamedZone {
  /** The start of every bucket’s name. */
  readonly namePrefix: string;
  /** The AWS Region of everything, such as `eu-west-2`. */
  readonly region: string;
  /** The operator’s accounts. */
  readonly accounts: { readonly management: AccountId; readonly zone: AccountId };
}
