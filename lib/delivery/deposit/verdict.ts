/**
 * What has become of a deposit, as far as its depositor may see it: the tags of the current version, and the gate’s report on its
 * own version. Policies let it read the tags of no older version; of a deposit that another has replaced it learns nothing more.
 */
import { GATE_TAG, type GateDecision, MALWARE_CLEAN, MALWARE_TAG, reportKeys } from '../../names';
import { verdictOf } from '../../transfers';
import { type GateReport, parseGateReport } from '../../wire';
import type { Store } from '../store';

type Scan = ReturnType<typeof verdictOf>;

/** How it stands with a version that was deposited. */
export type DepositVerdict =
  /** The malware scan has not come to it, or the gate has not. */
  | { readonly state: 'awaiting'; readonly what: 'scan' | 'gate' }
  /** The gate has decided. The report says why; it is there before the decision takes hold. */
  | { readonly state: GateDecision; readonly report: GateReport | undefined }
  /** The malware scan did not find it clean: nobody may read it. */
  | { readonly state: 'not-clean'; readonly scan: Exclude<Scan, 'clean'>; readonly status: string }
  /** Another version has its name by now. */
  | { readonly state: 'replaced' }
  /** It was recalled. */
  | { readonly state: 'recalled' };

/** Asks how it stands. */
export async function verdictOn(
  deposited: { readonly key: string; readonly version: string },
  store: Pick<Store, 'tags' | 'open'>,
): Promise<DepositVerdict> {
  const current = await store.tags(deposited.key);
  if (current === undefined) return { state: 'recalled' };
  if (current.version !== deposited.version) return { state: 'replaced' };
  const decided = current.tags.get(GATE_TAG);
  if (decided === 'released' || decided === 'rejected')
    return { state: decided, report: await reportOn(deposited, store) };
  const status = current.tags.get(MALWARE_TAG);
  if (status === undefined) return { state: 'awaiting', what: 'scan' };
  if (status === MALWARE_CLEAN) return { state: 'awaiting', what: 'gate' };
  const scan = verdictOf(status);
  return scan === 'clean' ? { state: 'awaiting', what: 'gate' } : { state: 'not-clean', scan, status };
}

/** Whether nothing more is to be waited for. A scan that failed is done again by itself or by somebody. */
export function isSettled(verdict: DepositVerdict): boolean {
  return verdict.state !== 'awaiting';
}

async function reportOn(
  deposited: { readonly key: string; readonly version: string },
  store: Pick<Store, 'open'>,
): Promise<GateReport | undefined> {
  const opened = await store.open(reportKeys(deposited).decision);
  if (opened === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of opened.content) text += decoder.decode(piece, { stream: true });
  return parseGateReport(text + decoder.decode());
}
