/** What a table of bad registers is: the minimal register after edits, by the name of the golden file. */
import type { Edit } from '../samples';

export type Cases = Readonly<Record<string, readonly Edit[]>>;

export const ZONE = 'zone.yaml';
export const DWP = 'organisations/dwp.yaml';
export const LEEDS = 'organisations/leeds.yaml';
export const ROUTING = 'organisations/routing.yaml';
export const AGREEMENT = 'agreements/benefit-awards.yaml';
export const CONTRACT = 'contracts/benefit-awards.yaml';
