/** The shares: what the register’s agreements imply, beside what the templates make. */
import type { CustodyStatement } from '../../custody';
import { type ImpliedShare, impliedShares } from '../../proof';
import {
  type Agreement,
  awaitedOn,
  directionsOf,
  isLiveState,
  type ShareState,
  shareId,
  verifiedIn,
} from '../../register';
import { dateOf, dayWords, type IsoDate, startOfDay, within } from '../../register/calendar';
import { readRegisterFacts } from '../../wire';
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
    impliedShares(readRegisterFacts(register), asOf).map((share) => [
      keyOf(share.agreement, share.owner, share.recipient),
      share,
    ]),
  );
  const accounts = new Map(
    register.organisations.map(({ id, account }) => [id as string, account as string]),
  );
  const day = dateOf(asOf);
  const stopped = new Set<string>(
    register.organisations.filter(({ paused }) => paused && within(paused, day)).map(({ id }) => id),
  );
  const { verified } = verifiedIn(register);
  const asked = new Set<string>();
  const directed = register.agreements.flatMap((agreement) =>
    directionsOf(agreement).flatMap(({ owner, recipients }) =>
      recipients.map((recipient) => ({ agreement, owner, recipient })),
    ),
  );
  const shares = directed.map(({ agreement, owner, recipient }): EvidenceShare => {
    const implied = live.get(keyOf(agreement.id, { id: owner }, { id: recipient }));
    const name = implied?.name ?? shareId(agreement.id, recipient);
    const key = `${accounts.get(owner)} ${name}`;
    const found = shown.get(key);
    if (implied !== undefined) asked.add(key);
    return {
      agreement: agreement.id,
      owner,
      recipient,
      state: stateOf(agreement, implied, {
        day,
        paused: stopped.has(owner) || stopped.has(recipient),
        awaited: awaitedOn({ ...register, verified }, agreement, day).length > 0,
      }),
      from: agreement.starts,
      until: agreement.ends,
      ...(found !== undefined && { accessPoint: { file: found.file, pointer: found.pointer } }),
      grant: granted.has(`${owner} ${name}`),
      register: found?.register ?? `register/agreements/${agreement.id}.yaml:1`,
    };
  });
  const undeclared = [...shown.entries()]
    .filter(([key]) => !asked.has(key))
    .map(([key, { file, pointer }]) => ({
      file,
      pointer,
      saw: `an access point ${key.split(' ')[1]}, which no agreement asks for as of ${dayWords(asOf)}`,
    }));
  return { shares, undeclared };
}

function keyOf(
  agreement: string,
  owner: { readonly id: string },
  recipient: { readonly id: string },
): string {
  return `${agreement} ${owner.id} ${recipient.id}`;
}

/** Whether templates make what the register implies: an access point and a grant where it is live, else neither. */
export function isAsAgreed({ state, accessPoint, grant }: EvidenceShare): boolean {
  return isLiveState(state) ? accessPoint !== undefined && grant : accessPoint === undefined && !grant;
}

function stateOf(
  { ends, suspended }: Agreement,
  implied: ImpliedShare | undefined,
  { day, paused, awaited }: { readonly day: IsoDate; readonly paused: boolean; readonly awaited: boolean },
): ShareState {
  if (implied !== undefined) return startOfDay(day) < implied.from ? 'to-come' : 'in-force';
  if (day > ends) return 'ended';
  if (suspended && within(suspended, day)) return 'suspended';
  if (paused) return 'paused';
  if (awaited) return 'awaiting-approval';
  return suspended ? 'suspended' : 'paused';
}
