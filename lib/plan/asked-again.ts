/** What one side finds, asked of the other: whether the templates there answer alike, so that only the register differs. */
import type { World } from '../assembly';
import { type AccessFinding, explainRequest, impliedShares, requestOfFinding } from '../proof';

/** More are not asked in a plan: where so much is found, nothing is said to be as it was. */
const MOST_ASKED = 40;

type SideName = 'before' | 'after';

/** The two worlds of a plan, to be asked about findings of the other. */
export class AskedAgain {
  #asked = 0;

  constructor(private readonly worlds: Readonly<Record<SideName, World>>) {}

  /** Whether the templates of a side allow every one of the requests. */
  isAllowed(side: SideName, findings: readonly AccessFinding[]): boolean {
    return this.#all(findings, (finding) => this.#verdict(side, finding) === 'allowed');
  }

  /** Whether the templates of a side refuse every one of the requests, or nobody is there to ask. */
  isRefused(side: SideName, findings: readonly AccessFinding[]): boolean {
    return this.#all(findings, (finding) =>
      finding.request === undefined
        ? !this.#isPromised(side, finding)
        : ['implicitly denied', 'explicitly denied', undefined].includes(this.#verdict(side, finding)),
    );
  }

  #all(findings: readonly AccessFinding[], holds: (finding: AccessFinding) => boolean): boolean {
    this.#asked += findings.length;
    return findings.length > 0 && this.#asked <= MOST_ASKED && findings.every(holds);
  }

  /** Undefined where the side has no such asker or resource. */
  #verdict(side: SideName, finding: AccessFinding): string | undefined {
    const request = requestOfFinding(finding);
    const answer = request && explainRequest(this.worlds[side], request);
    return answer === undefined || answer.kind === 'not in the assembly' ? undefined : answer.verdict;
  }

  /** Whether an agreement of a side still gives what has no access point. */
  #isPromised(side: SideName, { owner, asker, basis }: AccessFinding): boolean {
    const { register, asOf } = this.worlds[side];
    return impliedShares(register, asOf).some(
      (share) =>
        owner.kind === 'organisation' &&
        asker.party.kind === 'organisation' &&
        share.owner.id === owner.id &&
        share.recipient.id === asker.party.id &&
        basis?.kind === 'agreements' &&
        basis.ids.includes(share.agreement),
    );
  }
}
