/** What was deployed with the function: the list of agreements and the plans of their contracts, each held against its digest. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  GATE_LIST_FILE,
  type GatedAgreement,
  type GateList,
  type GateReport,
  parseGateList,
} from '../../lib/wire';
import { type ContractPlan, parseContractPlan } from '../../lib/wire/contracts';
import type { Environment } from './environment';
import { OtherListError } from './errors';

/** Reads a file that came with the function. */
export type ReadFile = (path: string) => Promise<string>;

const CHANGED =
  'it was changed on its way. Find out who wrote to the bucket of assets, and deploy again from a clean one';

/** The agreements of the owner, and their contracts, read as they are asked for. */
export class Deployed {
  private readonly agreements: ReadonlyMap<string, GatedAgreement>;
  private readonly plans = new Map<string, Promise<ContractPlan>>();

  private constructor(
    readonly list: GateList,
    /** As the assembly names the list. */
    readonly digest: string,
    private readonly folder: string,
    private readonly readFile: ReadFile,
  ) {
    this.agreements = new Map(list.agreements.map((each) => [each.id, each]));
  }

  /**
   * Reads the list.
   * @throws OtherListError where it is not what was synthesised, or is another bucket’s
   * @throws GateListError where it is of no form that this gate knows
   */
  static async read(environment: DeployedIn, readFile: ReadFile): Promise<Deployed> {
    const { listFile, listDigest, contractsFolder, bucket } = environment;
    const text = await readFile(listFile);
    const digest = digestOfList(text);
    if (digest !== listDigest)
      throw new OtherListError(
        `the list of the gate has the digest ${digest}, the deployment gave it ${listDigest}: ${CHANGED}`,
      );
    const list = parseGateList(text);
    if (list.bucket !== bucket)
      throw new OtherListError(
        `the list of the gate is of the bucket ${list.bucket}, and this gate is of ${bucket}: deploy list and gate together`,
      );
    return new Deployed(list, digest, contractsFolder, readFile);
  }

  /** An agreement of the owner, or nothing where the register has none by that id. */
  agreement(id: string): GatedAgreement | undefined {
    return this.agreements.get(id);
  }

  /** The plan of an agreement’s contract. @throws OtherListError, or WireError where it is no plan */
  async plan({ contract }: GatedAgreement): Promise<ContractPlan | undefined> {
    if (contract.kind !== 'contract') return undefined;
    const { id, plan } = contract;
    const known = this.plans.get(id);
    if (known) return known;
    const reading = this.readPlan(id, plan);
    this.plans.set(id, reading);
    // What failed is tried again at the next event.
    reading.catch(() => this.plans.delete(id));
    return reading;
  }

  /** The plan by which a report was decided, if it is still the one that is deployed. */
  async planOf({
    agreement,
    contract,
  }: Pick<GateReport, 'agreement' | 'contract'>): Promise<ContractPlan | undefined> {
    const known = this.agreement(agreement ?? '');
    const plan = known && (await this.plan(known));
    return plan?.contract.digest === contract?.digest ? plan : undefined;
  }

  private async readPlan(id: string, expected: string): Promise<ContractPlan> {
    const text = await this.readFile(join(this.folder, `${id}.json`));
    const digest = createHash('sha256').update(text).digest('hex');
    if (digest !== expected)
      throw new OtherListError(
        `the plan of the contract ${id} has the digest ${digest}, the list gives it ${expected}: ${CHANGED}`,
      );
    return parseContractPlan(text);
  }
}

type DeployedIn = Pick<Environment, 'listFile' | 'listDigest' | 'contractsFolder' | 'bucket'>;

/** The digest by which the assembly names the list: of the file’s name and its text. @internal Only tests import it. */
export function digestOfList(text: string): string {
  return createHash('sha256').update(GATE_LIST_FILE).update('\0').update(text).digest('hex');
}
