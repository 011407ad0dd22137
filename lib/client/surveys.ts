/** What is found of all files of a deposit before a byte of any leaves. */
import {
  type DepositItem,
  type FaultyFile,
  nameOf,
  rememberedOf,
  type Sends,
  type Survey,
} from '../delivery';
import type { UnfinishedDeposit } from '../wire';
import type { ContractPlan } from '../wire/contracts';
import type { Client } from './client';
import type { DepositMemory } from './deposit-memory';
import { Meter, type MeterOutlet } from './meter';
import type { Sealing } from './sealing';
import { survey } from './surveyor';

/** A file that may be sent. */
export interface Found {
  readonly item: DepositItem;
  readonly survey: Survey;
}

/** Surveys each file, but those that an earlier run has; all faults are found, and no file is held against what changed meanwhile. */
export async function surveyAll(
  client: Client,
  agreement: Sends,
  items: readonly DepositItem[],
  { memory, sealing }: { readonly memory: DepositMemory; readonly sealing: Sealing | undefined },
  outlet: MeterOutlet,
): Promise<{ readonly found: readonly Found[]; readonly faults: readonly FaultyFile[] }> {
  const plan = planOf(client, agreement);
  const found: Found[] = [];
  const faults: FaultyFile[] = [];
  const bytes = items.reduce((all, { file }) => all + file.bytes, 0);
  const meter = new Meter(outlet, 'Checking', bytes);
  try {
    for (const item of items) {
      const known = knownSurvey(sealing ? sealing.earlier(item) : rememberedOf(item, memory), item, plan);
      const surveyed =
        known === undefined
          ? await survey(item, {
              plan,
              largest: agreement.largestObject,
              signal: client.signal,
              read: (more) => meter.add(more),
            })
          : { survey: known };
      if ('fault' in surveyed)
        faults.push({ name: nameOf(item), path: item.file.path, fault: surveyed.fault });
      else found.push({ item, survey: surveyed.survey });
    }
  } finally {
    meter.end();
  }
  return { found, faults };
}

/** What an earlier run found of the same file, held against the same contract. */
function knownSurvey(
  earlier: Pick<UnfinishedDeposit, 'file' | 'survey'> | undefined,
  { file }: DepositItem,
  plan: ContractPlan | undefined,
): Survey | undefined {
  if (earlier === undefined || earlier.file.path !== file.path || earlier.file.stamp !== file.stamp)
    return undefined;
  return earlier.survey.contract === plan?.contract.digest ? earlier.survey : undefined;
}

function planOf({ profile }: Client, { contract }: Sends): ContractPlan | undefined {
  return 'id' in contract ? profile.contracts.find(({ contract: { id } }) => id === contract.id) : undefined;
}
