/** Ends the sessions of the organisation’s own people, on its own word: those who collect, deposit and read receipts. */
import { roleName, SESSION_ROLES } from '../../lib/names';
import { described, insist } from '../../lib/runtime';
import type { SessionsAnswer, SessionsStep } from '../../lib/wire';
import type { RoleSessions } from './ports';
import { recordOrder, type StopPorts } from './stopping';

/** What it needs of the world. */
export interface SessionPorts extends Pick<StopPorts, 'records' | 'asked' | 'clock' | 'report'> {
  readonly sessions: RoleSessions;
}

/** Ends every session that began before this moment. What can’t be ended is told, and the others are ended all the same. */
export async function endSessions(ports: SessionPorts): Promise<SessionsAnswer> {
  const { sessions, clock, report } = ports;
  const at = clock.now();
  const notRecorded = await recordOrder({ order: 'end-sessions', shares: [], at }, ports);
  const roles: SessionsStep[] = [];
  for (const purpose of SESSION_ROLES) {
    const role = roleName(purpose);
    try {
      roles.push({ role, outcome: await insist(clock, () => sessions.end(role, at)) });
    } catch (error) {
      roles.push({ role, outcome: 'failed', error: described(error) });
    }
  }
  for (const { outcome, ...about } of roles)
    report.emergency({ ...about, step: 'sessions', outcome, failed: outcome === 'failed' });
  const complete = notRecorded === undefined && roles.every(({ outcome }) => outcome !== 'failed');
  return {
    before: new Date(at).toISOString(),
    roles,
    complete,
    ...(notRecorded !== undefined && { notRecorded }),
  };
}
