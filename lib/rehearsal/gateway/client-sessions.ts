/**
 * Sessions of the client, played: AWS STS as one of an organisation’s staff finds it. Whether they may take on a role is judged by
 * that role’s own trust; each session has an access key of its own, by which the gateway knows afterwards which role asks.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
import type { World } from '../../assembly';
import { callerOf, decide, requestOf } from '../../iam';
import { type Ruling, rulingOf } from './authoriser';
import { type Actor, roleActor, WHATEVER_ITS_ACCOUNT_ALLOWS } from './caller';
import { type Received, type Reply, signedFor } from './local-port';

const AN_HOUR = 3_600_000;
const XML = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

/** Whether somebody may take on a role: by the role’s trust policy, whatever their own account allows. */
export function mayTakeOn(world: World, arn: string, who: string): Ruling {
  const role = world.roles.find((each) => each.arn === arn);
  if (role === undefined) return { allowed: false, unjudged: false, why: [`no template makes ${arn}`] };
  return rulingOf(
    decide(
      requestOf({
        caller: callerOf({ type: 'role', arn: who, session: 'rehearsal' }),
        action: 'sts:AssumeRole',
        resource: arn,
        context: { 'aws:PrincipalOrgID': world.register.zone.awsOrganizationId },
      }),
      { identity: [WHATEVER_ITS_ACCOUNT_ALLOWS], resource: role.trust },
    ),
  );
}

/** The sessions of one member of staff. */
export class ClientSessions {
  readonly #roles = new Map<string, Actor>();

  /**
   * @param who the ARN of the role that the member of staff has in the organisation’s account
   * @param now milliseconds since 1970, by the rehearsal’s clock
   */
  constructor(
    private readonly world: World,
    private readonly who: string,
    private readonly now: () => number,
  ) {}

  /** Which role a request is signed as; nothing where it is signed with no session’s key. */
  actor(received: Received): Actor | undefined {
    return this.#roles.get(signedFor(received).accessKey);
  }

  /** What STS answers; nothing to a request of another service. */
  answer(received: Received): Reply | undefined {
    if (signedFor(received).service !== 'sts') return undefined;
    const form = new URLSearchParams(received.body.toString('utf8'));
    const action = form.get('Action');
    const [, , , , account = '', path = ''] = this.who.split(':');
    const session = `arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1)}/rehearsal`;
    if (action === 'GetCallerIdentity')
      return xml(
        200,
        `<GetCallerIdentityResponse ${XML}><GetCallerIdentityResult><Arn>${session}</Arn><UserId>AROAPLAYED:rehearsal</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    const arn = form.get('RoleArn') ?? '';
    if (action !== 'AssumeRole' || !mayTakeOn(this.world, arn, this.who).allowed)
      return xml(
        403,
        `<ErrorResponse ${XML}><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Refused by simulation</Message></Error></ErrorResponse>`,
      );
    const key = `ASIAPLAYED${String(this.#roles.size).padStart(10, '0')}`;
    this.#roles.set(key, roleActor(this.world, arn));
    const expires = new Date(this.now() + AN_HOUR).toISOString();
    return xml(
      200,
      `<AssumeRoleResponse ${XML}><AssumeRoleResult><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAPLAYED:rehearsal</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>rehearsal</SecretAccessKey><SessionToken>rehearsal</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  }
}

function xml(status: number, text: string): Reply {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}
