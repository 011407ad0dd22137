/** The shares: what the register’s agreements imply, beside what the templates make. */
import type { CustodyStatement } from '../../custody';
import { type ImpliedShare, impliedShares } from '../../proof';
import { type Agreement, agreementHash, isLiveState, type ShareState } from '../../register';
import { dateOf, startOfDay } from '../../register/calendar';
import type { Evidence, EvidenceShare } from '../model';
import type { EvidenceSource } from '../source';
import { pointerTo } from './pointer';

interface Shown {
  readonly file: string;
  readonly pointer: string;
  readonly register?: string;
  readonly account: string;
}

/** Every share of every agreement, and the access points that no agreement asks for. */
export function sharesIn(
  { register, stacks, asOf }: EvidenceSource,
  statement: CustodyStatement,
): Pick<Evidence, 'shares' | 'undeclared'> {
  const shown = new Map<string, Shown>();
  for (const { file, account, resources } of stacks)
    for (const [logicalId, { Type, Properties, Metadata }] of Object.entries(resources)) {
      if (Type !== 'AWS::S3::AccessPoint') continue;
      const { source } = (Metadata?.Concordat ?? {}) as { source?: string };
      shown.set(`${account} ${String(Properties?.Name)}`, {
        file,
        account,
        pointer: pointerTo('Resources', logicalId),
        ...(source !== undefined && { register: `register/${source}` }),
      });
    }
  const granted = new Set(
    statement.keys.flatMap(({ organisation, grants }) =>
      grants.map(({ share }) => `${organisation} ${share}`),
    ),
  );
  const live = new Map(
    impliedShares(register, asOf).map((share) => [`${share.agreement} ${share.recipient.id}`, share]),
  );
  const accounts = new Map(
    register.organisations.map(({ id, account }) => [id as string, account as string]),
  );
  const asked = new Set<string>();
  const shares = register.agreements.flatMap((agreement) =>
    agreement.recipients.map((recipient): EvidenceShare => {
      const implied = live.get(`${agreement.id} ${recipient}`);
      const name = implied?.name ?? `${agreementHash(agreement.id)}--${recipient}`;
      const key = `${accounts.get(agreement.owner)} ${name}`;
      const found = shown.get(key);
      if (implied !== undefined) asked.add(key);
      return {
        agreement: agreement.id,
        owner: agreement.owner,
        recipient,
        state: stateOf(agreement, implied, asOf),
        from: agreement.starts,
        until: agreement.ends,
        ...(found !== undefined && { accessPoint: { file: found.file, pointer: found.pointer } }),
        grant: granted.has(`${agreement.owner} ${name}`),
        register: found?.register ?? `register/agreements/${agreement.id}.yaml:1`,
      };
    }),
  );
  const undeclared = [...shown.entries()]
    .filter(([key]) => !asked.has(key))
    .map(([key, { file, pointer }]) => ({
      file,
      pointer,
      saw: `an access point ${key.split(' ')[1]}, which no agreement asks for as of ${asOf}`,
    }));
  return { shares, undeclared };
}

/** Whether templates make what the register implies: an access point and a grant where it is live, else neither. */
export function isAsAgreed({ state, accessPoint, grant }: EvidenceShare): boolean {
  return isLiveState(state) ? accessPoint !== undefined && grant : accessPoint === undefined && !grant;
}

function stateOf(
  { ends, suspended }: Agreement,
  implied: ImpliedShare | undefined,
  asOf: string,
): ShareState {
  if (implied !== undefined) return startOfDay(dateOf(asOf)) < implied.from ? 'to-come' : 'in-force';
  if (asOf > ends) return 'ended';
  return suspended !== undefined ? 'suspended' : 'paused';
}
