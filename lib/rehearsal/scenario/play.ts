/** The scenario, from the first deployment to the last check. */
import { join as path } from 'node:path';
import { wholeDays } from '../../register';
import { nobodyCollects, Trail } from './audit';
import { byClient, receiptsByClient } from './by-client';
import { copyByAlias } from './copies';
import { contractIsKept, gateDecides, gateSweeps, withoutContract } from './gate';
import { brokerIsConfined, grantIsGone, grantIsMade } from './grants';
import { join, takeOnRoles } from './joining';
import { ledgerHasAll, seal } from './ledger';
import { accountIsPromoted } from './promotion';
import { recall } from './recall';
import { registerGoesOn, signedIsTold } from './register-goes-on';
import { ledgerHasBothKeys, signingKeyIsReplaced } from './signing-key';
import type { Stage } from './stage';
import { noStopSince, shareIsStopped } from './stopping';
import { collect, deposit, EVERY_FILE, everybodyAsks, scan } from './transfers';

/** What one rehearsal plays by itself, since no endpoint of this kind has it. */
export const PLAYED: readonly string[] = [
  'KMS grants and access points: kept by the rehearsal, changed by the grant broker, asked on each request.',
  'GuardDuty’s scan: the rehearsal looks for the EICAR test string and for an archive with a password, and tags with the role that GuardDuty would have.',
  'GuardDuty’s event and the queue that keeps it: the rehearsal calls the release gate with what would come out of the queue. Its state machine is not played.',
  'What S3 says of an object beside its bytes: encryption by its bucket’s default, and a checksum.',
  'A copy from one account’s bucket to another’s, and the alias of an access point by which it is made.',
  'IAM’s eventual consistency: as the owner joins, its grant broker is refused each thing the first time that it asks.',
  'The alias by which a function is called: the endpoint does not tell the function, so the rehearsal does.',
  'CloudTrail: the rehearsal writes log files of what was asked; their digests are not rehearsed.',
  'The passing of days: the clock of the functions and of the simulation is moved.',
  'StackSets, when an account is moved to another unit: a model of what AWS documents.',
  'STS, by which the client takes on roles: judged by their trust, and each session has an access key of its own. Names of access points and buckets, and the client’s clock: told to it beforehand.',
  'Collect roles of organisations that are not in the cast or join later: made empty, so that no broker waits for them.',
  'Requests go to the endpoint over http on this machine; they are judged as if over TLS 1.3.',
];

/** How often the client is killed where nobody says it. */
const KILLS = 2;

/**
 * Where nothing could be deployed, nothing else is tried.
 * @param folder takes the copy of the ledger
 * @param later the staged assembly of a later day, with which the zone goes on after the end
 */
export async function play(stage: Stage, folder: string, kills = KILLS, later?: string): Promise<void> {
  const { cast, clock, world } = stage.props;
  const trail = new Trail(stage);
  await accountIsPromoted(stage);
  if (!(await join(stage))) return;
  await takeOnRoles(stage);
  await grantIsMade(stage);
  await brokerIsConfined(stage);
  for (const file of EVERY_FILE) await deposit(stage, file);
  const recipient = stage.role(cast.recipient.account, 'collect');
  const { id } = cast.recipient;
  await collect(stage, recipient, `${id} asks for the clean file before it is scanned`, {
    file: 'clean',
    way: 'access point',
    expected: 'refused',
  });
  for (const file of EVERY_FILE) await scan(stage, file);
  await collect(stage, recipient, `${id} asks for the clean file before the gate has released it`, {
    file: 'clean',
    way: 'access point',
    expected: 'refused',
  });
  await gateDecides(stage);
  await contractIsKept(stage);
  await withoutContract(stage);
  await gateSweeps(stage);
  await everybodyAsks(stage);
  await copyByAlias(stage);
  await recall(stage);
  const transfer = await byClient(stage, kills);
  if (noStopSince(stage.props.cast) === undefined) await shareIsStopped(stage);
  await trail.deliver('while the agreement is in force');
  await seal(stage, 'while the agreement is in force');
  await receiptsByClient(stage, transfer);
  await signingKeyIsReplaced(stage);
  await nobodyCollects(stage, collectWithinDays(world, cast.share.agreement));
  clock.moveTo(Date.parse(cast.share.until) + 60_000);
  await collect(stage, recipient, `The agreement has ended, and ${id} asks again`, {
    file: 'uncollected',
    way: 'access point',
    expected: 'refused',
  });
  await grantIsGone(stage);
  if (later !== undefined) await registerGoesOn(stage, later);
  await trail.deliver('after the end');
  await seal(stage, 'after the end');
  await ledgerHasBothKeys(stage);
  const copy = path(folder, 'ledger');
  await ledgerHasAll(stage, trail, copy);
  if (later !== undefined) await signedIsTold(stage, later, copy);
}

/** The days in which a recipient is to collect, by the register. @throws RangeError if it has no such agreement */
function collectWithinDays({ register }: Stage['props']['world'], id: string): number {
  const agreement = register.agreements.find((each) => each.id === id);
  if (agreement === undefined) throw new RangeError(`the register has no agreement ${id}`);
  return wholeDays(agreement.delivery.collectWithin);
}
