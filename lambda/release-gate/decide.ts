/**
 * Decides on one version: reports first, tag last. The tag is the act; before it nobody reads the version, and a run that ends
 * anywhere before it is made good by the next. The report `decided` is written under a name that does not depend on what is
 * decided, and only where none is there: of two runs one decides, and both go by it.
 */
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG, reportKeys } from '../../lib/names';
import type { WaitingClock } from '../../lib/runtime';
import { type GateReport, gateReportText, parseGateReport } from '../../lib/wire';
import type { ContractPlan } from '../../lib/wire/contracts';
import { type Inspected, type InspectPorts, inspect, type Reach } from './inspect';
import type { Notice, Notices, Reports, Tags, Version } from './ports';
import type { Report } from './report';
import { type TeamWords, tellTeams } from './tell';

/** What deciding needs. */
export interface DecidePorts extends InspectPorts {
  readonly clock: WaitingClock;
  readonly reports: Reports;
  readonly notices: Notices;
  /** What people read of a report. */
  readonly words: Words;
  readonly report: Pick<Report, 'failure'>;
}

/** Puts a report into words. */
export interface Words extends TeamWords {
  /** A table for spreadsheets. @param plan of the report’s contract; nothing where a later one has been deployed since */
  csv(report: GateReport, plan: ContractPlan | undefined): string;
  /** A page. @param plan as above */
  html(report: GateReport, plan: ContractPlan | undefined): string;
  /** The e-mail that there is one. It names no file and no person. */
  notice(bucket: string): Notice;
}

/** How it stands with a version. */
export type Decided =
  /** It is tagged, by this run or before it. */
  | { readonly kind: 'released' | 'rejected'; readonly byThisRun: boolean }
  /** The check needs another run. */
  | { readonly kind: 'paused'; readonly checkpoint: string | undefined }
  /** It has no verdict yet. */
  | { readonly kind: 'unscanned' }
  /** The scan did not find it clean, so nobody may tag or read it: its transfer ends by the scan’s verdict. */
  | { readonly kind: 'not-clean' }
  /** It is not there any more, or is only what shows as a folder. */
  | { readonly kind: 'nothing' };

/** What shows as a folder in consoles holds nothing, or a line. */
const MOST_FOLDER_BYTES = 1_024;

/** A run that finds the decision of another of so many milliseconds ago leaves it to that one to tell people and to tag. */
const JUST_NOW = 60_000;
/** So long it waits for the tag, in milliseconds; then the other is taken to have ended, and its work is done here. */
const WAITS = [500, 1_500, 4_000];

/** Decides on a version, or says why not now. Calling it again changes nothing. */
export async function decide(version: Version, reach: Reach, ports: DecidePorts): Promise<Decided> {
  const before = await standing(version, ports);
  if (!('tags' in before)) return before;
  const head = await ports.deposits.headOf(version);
  if (head === undefined) return { kind: 'nothing' };
  if (version.key.endsWith('/') && head.bytes <= MOST_FOLDER_BYTES) return { kind: 'nothing' };
  const inspected = await inspect(version, head, reach, ports).catch(async (error: unknown) => {
    const now = await standing(version, ports);
    // It was deleted while it was read: nobody has anything to mend.
    if ('kind' in now && now.kind === 'nothing') return now;
    throw error;
  });
  if ('kind' in inspected) return inspected;
  if (!('report' in inspected)) return { kind: 'paused', checkpoint: inspected.checkpoint };
  const { report, by } = await claim(version, inspected, ports);
  // While it was checked, another run may have come to its end, or another scan to another verdict.
  const now = await (by === 'this-run' ? standing(version, ports) : leftTo(version, report, ports));
  if (!('tags' in now)) return now;
  await publish(version, report, ports);
  return tag(version, report.outcome, now.tags, ports);
}

/** Clean and without a decision: its tags. Otherwise how it stands. */
async function standing(
  version: Version,
  { deposits }: Pick<DecidePorts, 'deposits'>,
): Promise<Decided | { readonly tags: Tags }> {
  const tags = await deposits.tagsOf(version);
  if (tags === undefined) return { kind: 'nothing' };
  const decided = tags.get(GATE_TAG);
  if (decided === 'released' || decided === 'rejected') return { kind: decided, byThisRun: false };
  const verdict = tags.get(MALWARE_TAG);
  if (verdict === undefined) return { kind: 'unscanned' };
  return verdict === MALWARE_CLEAN ? { tags } : { kind: 'not-clean' };
}

/** How it stands once another run has had time to end what it decided: who decides also tells people, so that they are told once. */
async function leftTo(
  version: Version,
  { decided }: GateReport,
  ports: DecidePorts,
): ReturnType<typeof standing> {
  const { clock } = ports;
  let now = await standing(version, ports);
  if (clock.now() - Date.parse(decided) > JUST_NOW) return now;
  for (const wait of WAITS) {
    if (!('tags' in now)) break;
    await clock.sleep(wait);
    now = await standing(version, ports);
  }
  return now;
}

/** The decision on a version, and who came to it: this run, if there is none before it. */
async function claim(
  version: Version,
  { report }: Extract<Inspected, { report: GateReport }>,
  { reports }: DecidePorts,
): Promise<{ readonly report: GateReport; readonly by: 'this-run' | 'another' }> {
  const { decision } = reportKeys(version);
  const outcome = await reports.create(decision, gateReportText(report), 'application/json');
  if (outcome === 'created') return { report, by: 'this-run' };
  return { report: parseGateReport(await reports.readReport(decision)), by: 'another' };
}

/**
 * Writes what people read, and tells them of it. The page comes last: the audit tells the decision from it. What was there
 * already is the same, since it was made of the same decision. The e-mail is sent again where a run ended before the tag.
 */
async function publish(version: Version, report: GateReport, ports: DecidePorts): Promise<void> {
  const { reports, notices, words, bucket, deployed } = ports;
  const plan = await deployed.planOf(report);
  const { forPeople } = reportKeys(version);
  const key = (form: 'csv' | 'html') => forPeople(report.outcome, report.contract?.digest, form);
  await reports.create(key('csv'), words.csv(report, plan), 'text/csv; charset=utf-8');
  if (needsReading(report)) {
    const { subject, text } = words.notice(bucket);
    await notices.send(subject, text);
  }
  await tellTeams(version, report, ports);
  await reports.create(key('html'), words.html(report, plan), 'text/html; charset=utf-8');
}

/** Whether somebody has something to mend. */
function needsReading({ outcome, contractOutcome }: GateReport): boolean {
  return outcome === 'rejected' || (contractOutcome?.broken.length ?? 0) > 0;
}

async function tag(
  version: Version,
  decided: GateReport['outcome'],
  tags: Tags,
  ports: DecidePorts,
): Promise<Decided> {
  const outcome = await ports.deposits.tag(version, new Map([...tags, [GATE_TAG, decided]]));
  if (outcome === 'tagged') return { kind: decided, byThisRun: true };
  if (outcome === 'gone') return { kind: 'nothing' };
  // The bucket’s policy lets the gate write its tag once, and only beside a clean verdict.
  const now = await standing(version, ports);
  if (!('tags' in now)) return now;
  throw new Error('S3 refused the tag of a version that is clean and has none: look at the bucket’s policy');
}
