/**
 * The extract for one organisation: who reads it, whom it reads, where its key is, what its duties are. It names only the
 * organisation and those with whom it has an agreement.
 */

import { askedPolicyFile } from '../assembly';
import { durationInWords, isLiveState } from '../register';
import { dayWords } from '../register/calendar';
import { countsOf } from './compose/checks';
import type {
  CheckResult,
  CustodyRow,
  Evidence,
  EvidenceAgreement,
  EvidenceOrganisation,
  EvidenceShare,
  Exception,
  FileHash,
} from './model';
import { type Names, namesWithheld } from './withheld';

/** A share as one of its parties sees it. */
export interface ExtractShare {
  readonly other: string;
  readonly agreement: Omit<EvidenceAgreement, 'recipients' | 'owner' | 'reciprocal'>;
  readonly state: EvidenceShare['state'];
  readonly from: string;
  readonly until: string;
  readonly asAgreed: boolean;
}

/** `extract.json`. */
export interface Extract {
  readonly form: 'concordat-extract/v1';
  readonly asOf: string;
  readonly registerDigest: string;
  readonly assemblyDigest: string;
  readonly operator: string;
  readonly sample?: string;
  readonly organisation: EvidenceOrganisation;
  readonly counterparties: readonly Pick<EvidenceOrganisation, 'id' | 'name' | 'sector'>[];
  readonly readsUs: readonly ExtractShare[];
  readonly weRead: readonly ExtractShare[];
  /** Of the organisation’s keys; empty for an external organisation. */
  readonly custody: readonly CustodyRow[];
  readonly duties: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly exceptions: readonly Exception[];
  readonly files: readonly FileHash[];
  /** Texts that named others, and were left out. */
  readonly withheld: number;
}

/** The assembly has no such organisation. @internal Only tests import it. */
export class UnknownOrganisation extends Error {
  override readonly name = 'UnknownOrganisation';
}

/** The extract for one organisation, by its handle. @throws UnknownOrganisation */
export function extractFor(
  id: string,
  evidence: Evidence,
  asAgreed: (share: EvidenceShare) => boolean,
): Extract {
  const organisation = evidence.organisations.find((each) => each.id === id);
  if (organisation === undefined) throw new UnknownOrganisation(id);
  const ours = evidence.shares.filter(({ owner, recipient }) => owner === id || recipient === id);
  const others = new Set(
    ours.flatMap(({ owner, recipient }) => [owner, recipient]).filter((each) => each !== id),
  );
  const isParty = (each: EvidenceOrganisation) => each.id === id || others.has(each.id);
  const parties = evidence.organisations.filter(isParty);
  const strangers = evidence.organisations.filter((each) => !isParty(each));
  const names: Names = namesWithheld(strangers, parties);
  const agreements = new Map(evidence.agreements.map((each) => [each.id, each]));
  const seen = (share: EvidenceShare, other: string): ExtractShare => {
    const agreement = agreements.get(share.agreement);
    if (agreement === undefined) throw new RangeError(`a share names the agreement ${share.agreement}`);
    const { recipients: _recipients, owner: _owner, reciprocal: _reciprocal, sealed, ...open } = agreement;
    const keys = sealed?.keys.filter(({ holder }) => holder === share.recipient) ?? [];
    const rest = { ...open, ...(sealed && { sealed: { why: sealed.why, keys } }) };
    return {
      other,
      agreement: names.record(rest),
      state: share.state,
      from: share.from,
      until: share.until,
      asAgreed: asAgreed(share),
    };
  };
  const files = new Set(
    evidence.stacks.filter(({ account }) => account === organisation.account).map(({ file }) => file),
  );
  files.add(askedPolicyFile(id));
  const stacks = evidence.stacks.filter(({ file }) => files.has(file)).map(({ name }) => name);
  const weRead = ours.filter(({ recipient }) => recipient === id).map((share) => seen(share, share.owner));
  const readsUs = ours.filter(({ owner }) => owner === id).map((share) => seen(share, share.recipient));
  const custody = evidence.custody
    .filter((each) => each.organisation === id)
    .map((each) => names.record(each));
  return {
    form: 'concordat-extract/v1',
    asOf: evidence.asOf,
    registerDigest: evidence.registerDigest,
    assemblyDigest: evidence.assemblyDigest,
    operator: evidence.operator,
    ...(evidence.sample !== undefined && { sample: evidence.sample }),
    organisation,
    counterparties: evidence.organisations
      .filter((each) => others.has(each.id))
      .map(({ id: other, name, sector }) => ({ id: other, name, sector })),
    readsUs,
    weRead,
    custody,
    duties: dutiesOf(evidence, weRead, readsUs, custody),
    checks: evidence.checks.flatMap((check) => checkOf(check, files, names)),
    exceptions: evidence.exceptions.flatMap((exception) => {
      const resources = exception.resources.filter((path) => stacks.includes(path.split('/')[0] ?? ''));
      return resources.length === 0 ? [] : names.record({ ...exception, resources });
    }),
    files: evidence.files.filter(({ file }) => files.has(file)),
    withheld: names.count(),
  };
}

/** A check with what it judged of the organisation’s own stacks; none where that is nothing. */
function checkOf(check: CheckResult, files: ReadonlySet<string>, names: Names): CheckResult[] {
  const judgements = check.judgements.filter(({ file }) => files.has(file)).map((each) => names.record(each));
  if (judgements.length === 0) return [];
  return [{ ...check, ...countsOf(judgements), judgements }];
}

function dutiesOf(
  { principles, organisations }: Evidence,
  weRead: readonly ExtractShare[],
  readsUs: readonly ExtractShare[],
  custody: readonly CustodyRow[],
): string[] {
  const live = ({ state }: ExtractShare) => isLiveState(state);
  const named = (other: string) => organisations.find(({ id }) => id === other)?.name ?? other;
  const [reading, giving] = [weRead.filter(live), readsUs.filter(live)];
  const members = principles.flatMap(({ parts }) =>
    parts.filter(({ member }) => member !== 'None').map(({ id, member }) => `Principle ${id}: ${member}.`),
  );
  return [
    ...reading.map(
      ({ other, agreement }) =>
        `Collect what ${named(other)} deposits under ${agreement.id} within ${durationInWords(agreement.collectWithin)}, or it is told of the non-delivery. Keep a copy no longer than ${durationInWords(agreement.keepFor)}: ${agreement.disposal}`,
    ),
    ...reading
      .filter(({ agreement }) => agreement.sealed !== undefined)
      .map(
        ({ agreement }) =>
          `Keep the secret key to which ${agreement.id} is sealed where only those named can use it, and a copy in a safe place: nobody else can open what is shared, and nobody could help if it were lost. Scan what you open for malware: nobody could on its way.`,
      ),
    ...reading
      .filter(({ agreement }) => agreement.presignedUrls === 'allowed')
      .map(
        ({ agreement }) =>
          `Hand on no link that you have signed for what is shared under ${agreement.id}: for up to an hour it works for whoever holds it, and the ledger has what they read as read by you.`,
      ),
    ...[...reading, ...giving].map(
      ({ agreement }) =>
        `Look at ${agreement.id} again by ${dayWords(agreement.review)}; it ends on ${dayWords(agreement.ends)}. Tell ${agreement.breach} of a breach.`,
    ),
    ...custody.flatMap(({ attention }) => attention.map((each) => `Look at your key twice: ${each}.`)),
    ...members,
  ].filter((each, index, all) => all.indexOf(each) === index);
}
