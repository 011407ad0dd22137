/** Makes the engine’s assembly in its place. Loaded only where it is wanted: it brings the CDK. */
import { ASSEMBLY_FOLDER, type Findings, findingsOf, openAssembly } from '../../assembly';
import { makeOwnFolder } from '../../disk';
import { guardrails } from '../../policy';
import type { Zone } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { synthesiseRollout } from '../../stacks';
import { synthApp } from '../assembly/synth-app';

/**
 * Makes it whole or not at all, and gives what the rule packs found. @param place a folder, absolute
 * @throws FolderError if it holds something else, or cannot be written
 */
export function engineMade(place: string, zone: Zone, asOf: IsoDate): Findings['open'] {
  makeOwnFolder(place, ASSEMBLY_FOLDER, (folder) => synthesiseRollout(synthApp(folder), zone, asOf));
  return findingsOf(openAssembly(place)).open;
}

/**
 * The guardrails on the account of the engine. They keep roles and providers there from all but StackSets, and the bootstrap of
 * the CDK’s own, by which the engine is deployed, is not spared.
 */
export function holdingTheEngine(zone: Zone): string[] {
  const account = zone.rollout?.account;
  return guardrails(zone, []).flatMap(({ name, units }) =>
    account !== undefined && units.includes(account) ? name : [],
  );
}
