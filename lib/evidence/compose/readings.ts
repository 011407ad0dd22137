/** Who reads what under each agreement, on which days and by which statements: asked of the templates as the proof asks. */
import type { World } from '../../assembly';
import { type Decision, reasonsOf, why } from '../../iam';
import { readByShare, type ShareRead } from '../../proof';
import { dayOf } from '../../register/calendar';
import type { Reading } from '../model';

/** One for each share in force or to come, in the order of agreements. */
export function readingsOf(world: World): Reading[] {
  return readByShare(world).map(readingOf);
}

function readingOf({ share, role, people, way, within, beyond }: ShareRead): Reading {
  const { agreement, owner, recipient, from, until } = share;
  return {
    agreement,
    prefix: `agreements/${agreement}/`,
    owner: owner.id,
    recipient: recipient.id,
    role,
    takenOnBy: [...people],
    firstDay: dayOf(Date.parse(from)),
    lastDay: dayOf(Date.parse(until) - 1),
    within,
    beyond,
    statements:
      way === undefined ? [] : [...named('s3:GetObject', way.read), ...named('kms:Decrypt', way.decrypt)],
    missing:
      way === undefined
        ? ['no template makes an access point for it']
        : [way.read, way.decrypt].flatMap((each) =>
            each === undefined ? ['no key is known'] : each.verdict === 'allowed' ? [] : why(each),
          ),
  };
}

function named(action: Reading['statements'][number]['action'], decision: Decision | undefined) {
  if (decision === undefined) return [];
  const seen = new Set<string>();
  return reasonsOf(decision).flatMap((reason) => {
    if (reason.kind !== 'allows') return [];
    const { policy, statement, sid } = reason.by;
    const name = statement === undefined ? 'grant' : (sid ?? `statement ${statement + 1}`);
    // One statement may speak of the bucket and of the access point.
    const key = `${policy} ${name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return { action, policy, name };
  });
}
