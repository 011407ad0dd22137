/**
 * The register goes on: once the agreement has ended, the zone is deployed with that of a later day, and the ledger tells what
 * was signed.
 */
import { type Assembly, type OrganisationFacts, openAssembly, templateIn, worldOf } from '../../assembly';
import { bundleEntries, bundleFolder } from '../../ledger/bundle';
import { LEDGER_SEAL_FUNCTION, TRANSFER_AUDIT_FUNCTION } from '../../names';
import { dayWords } from '../../register/calendar';
import { deploy } from '../deploy';
import { replaceTemplate } from '../staged-assembly';
import { call } from './functions';
import { withAnotherSigningKey } from './signing-key';
import type { Stage } from './stage';

/** Deploys the zone of a staged assembly of a later day, on that day, and has the audit read its register. */
export async function registerGoesOn(stage: Stage, folder: string): Promise<void> {
  const { cast, clock, target } = stage.props;
  const later = openAssembly(folder);
  const asOf = later.origin?.asOf ?? '';
  await stage.step(
    {
      step: `The operator deploys the register of ${dayWords(asOf)}`,
      expected: 'deployed, and read by the audit',
      decidedBy: 'the endpoint',
      played: 'the passing of days',
    },
    async () => {
      const zone = later.stacks.find(
        ({ account, resources }) =>
          account === cast.zoneAccount &&
          Object.values(resources).some(({ Properties }) => isSealer(Properties)),
      );
      if (zone === undefined) return { seen: 'no stack has the sealer', passed: false };
      const former = formerKeyIn(openAssembly(target.assembly), zone.name);
      if (former !== undefined)
        replaceTemplate(later, zone, withAnotherSigningKey(templateIn(later, zone.file), former));
      const day = Date.parse(`${asOf}T12:00:00Z`);
      if (day > clock.now()) clock.moveTo(day);
      await deploy(zone.name, zone.account, { ...target, assembly: folder });
      const { failure } = await call(stage, TRANSFER_AUDIT_FUNCTION, { action: 'sweep' });
      return failure === undefined
        ? { seen: 'deployed, and read by the audit', passed: true }
        : { seen: failure, passed: false };
    },
  );
}

/** Holds the ledger against what the last register carries: each statement once, in the order of signing. */
export async function signedIsTold(stage: Stage, folder: string, copy: string): Promise<void> {
  const { register } = worldOf(openAssembly(folder));
  const expected = (register.approvals ?? [])
    .map(({ envelope }) => JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Statement)
    .sort((a, b) => (a.predicate.on < b.predicate.on ? -1 : 1))
    .map(({ predicate: { decision, organisation } }) => `${CODES[decision ?? 'disposes']} ${organisation}`)
    .join(', ');
  await stage.step(
    { step: 'The ledger tells all that was signed, in order', expected, decidedBy: 'the function' },
    async () => {
      const told = ([...bundleEntries(bundleFolder(copy))] as SignedEntry[])
        .filter(({ metadata }) => Object.values(CODES).includes(metadata.event_code))
        .map(({ metadata, unmapped }) => `${metadata.event_code} ${unmapped?.organisation}`)
        .join(', ');
      return { seen: told === '' ? 'nothing' : told, passed: told === expected && told !== '' };
    },
  );
}

/** What is read of a statement, and of the entry that tells of it. */
interface Statement {
  readonly predicate: {
    readonly decision?: 'approves' | 'withdraws';
    readonly organisation: OrganisationFacts['id'];
    readonly on: string;
  };
}
interface SignedEntry {
  readonly metadata: { readonly event_code: string };
  readonly unmapped?: { readonly organisation?: string };
}

const CODES: Readonly<Record<'approves' | 'withdraws' | 'disposes', string>> = {
  approves: 'agreement-approved',
  withdraws: 'approval-withdrawn',
  disposes: 'disposal-declared',
};

type Properties = Readonly<Record<string, unknown>> | undefined;

function isSealer(properties: Properties): boolean {
  return properties?.FunctionName === LEDGER_SEAL_FUNCTION;
}

/** The key that the sealer signed with before the operator replaced it, as the deployed template has it. */
function formerKeyIn({ stacks }: Assembly, stack: string): string | undefined {
  const resources = Object.values(stacks.find(({ name }) => name === stack)?.resources ?? {});
  const sealer = resources.find(({ Properties }) => isSealer(Properties))?.Properties as
    | { readonly Environment?: { readonly Variables?: { readonly FORMER_KEYS?: string } } }
    | undefined;
  const { FORMER_KEYS: former = '' } = sealer?.Environment?.Variables ?? {};
  return former === '' ? undefined : former;
}
