/**
 * Ends the sessions of roles, as AWS’s console does it: one inline policy denies everything to sessions that began before a
 * moment. It needs no end, since sessions that begin later pass; a later order puts a later moment in its place.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
import { REVOKES_SESSIONS } from '../../lib/names';
import type { RoleSessions } from './ports';
import { callQuery, RefusedError, type Service } from './signed-requests';

/** Puts the policy by IAM. */
export class IamRoleSessions implements RoleSessions {
  constructor(private readonly service: Service) {}

  async end(role: string, before: number): Promise<'ended' | 'missing'> {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['*'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(before).toISOString() } },
        },
      ],
    };
    try {
      await callQuery(this.service, {
        Action: 'PutRolePolicy',
        RoleName: role,
        PolicyName: REVOKES_SESSIONS,
        PolicyDocument: JSON.stringify(policy),
        Version: '2010-05-08',
      });
      return 'ended';
    } catch (error) {
      if (error instanceof RefusedError && error.name === 'NoSuchEntity') return 'missing';
      throw error;
    }
  }
}
