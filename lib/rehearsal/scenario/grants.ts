/** The grant of the share: made when both have joined, in one shape only, and gone when the agreement has ended. */
import { CreateGrantCommand } from '@aws-sdk/client-kms';
import { GRANT_BROKER_FUNCTION, roleArnIn } from '../../names';
import { clientsOf } from '../clients';
import { roleActor } from '../gateway/caller';
import type { PlayedGrant } from '../gateway/played-grants';
import type { Seen } from '../script';
import { call } from './functions';
import type { Stage } from './stage';

const PLAYED = 'KMS grants and access points are kept by the rehearsal';

/** Calls the broker, and looks for the grant of the share. */
export async function grantIsMade(stage: Stage): Promise<void> {
  const { cast } = stage.props;
  await stage.step(
    {
      step: `The grant broker of ${cast.owner.id} gives ${cast.recipient.id} one grant`,
      expected: `one grant, to the collect role, for the bucket of ${cast.owner.id} alone`,
      decidedBy: 'the function',
      played: PLAYED,
    },
    async (): Promise<Seen> => {
      const { failure } = await call(stage, GRANT_BROKER_FUNCTION, {});
      if (failure !== undefined) return { seen: `the broker failed: ${failure}`, passed: false };
      const [grant, ...more] = grantsOfShare(stage);
      if (grant === undefined) return { seen: 'no grant', passed: false };
      const right =
        more.length === 0 &&
        grant.GranteePrincipal === roleArnIn(cast.recipient.account, 'collect') &&
        [...grant.Operations].sort().join() === 'Decrypt,DescribeKey' &&
        JSON.stringify(grant.Constraints) ===
          JSON.stringify({
            EncryptionContextEquals: { 'aws:s3:arn': `arn:aws:s3:::${stage.exchangeBucket}` },
          });
      return {
        seen: right
          ? `one grant, to the collect role, for the bucket of ${cast.owner.id} alone`
          : `${1 + more.length} grants: ${grant.Operations.join(', ')} to ${grant.GranteePrincipal}, ${JSON.stringify(grant.Constraints)}`,
        passed: right,
      };
    },
  );
}

/** The broker’s role must not be able to let in any principal but a collect role, whatever its code does. */
export async function brokerIsConfined(stage: Stage): Promise<void> {
  const { cast } = stage.props;
  // As the broker’s own code asks: its role’s permissions hold for that alone.
  const { world, target } = stage.props;
  const functionArn = `arn:aws:lambda:${target.region}:${cast.owner.account}:function:${GRANT_BROKER_FUNCTION}`;
  const actor = roleActor(world, roleArnIn(cast.owner.account, 'grant-broker'), functionArn);
  const shapes = [
    ['a grant to a role that is not a collect role', roleArnIn(cast.third.account, 'receipts'), ['Decrypt']],
    [
      'a grant that could be passed on',
      roleArnIn(cast.recipient.account, 'collect'),
      ['Decrypt', 'CreateGrant'],
    ],
  ] as const;
  for (const [what, grantee, operations] of shapes)
    await stage.step(
      { step: `The broker’s role asks for ${what}`, expected: 'refused', decidedBy: 'decided by simulation' },
      async () => {
        const key = grantsOfShare(stage)[0]?.KeyId;
        if (key === undefined)
          return {
            seen: 'not asked: the key of the share is not known, since it has no grant',
            passed: false,
          };
        const kms = clientsOf(await stage.askingAs(actor)).kms();
        const { outcome, why } = await stage.attempt(actor, () =>
          kms.send(
            new CreateGrantCommand({
              KeyId: key,
              Name: 'rehearsal-beyond-its-shape',
              GranteePrincipal: grantee,
              RetiringPrincipal: actor.name,
              Operations: [...operations],
              Constraints: {
                EncryptionContextEquals: { 'aws:s3:arn': `arn:aws:s3:::${stage.exchangeBucket}` },
              },
            }),
          ),
        );
        return { seen: outcome, passed: outcome === 'refused', why };
      },
    );
}

/** After the last day the broker ends the grant, and closes the access point. */
export async function grantIsGone(stage: Stage): Promise<void> {
  const { cast, gateway } = stage.props;
  await stage.step(
    {
      step: `The grant broker of ${cast.owner.id} runs after the last day`,
      expected: 'the grant is gone, and the access point closed',
      decidedBy: 'the function',
      played: PLAYED,
    },
    async () => {
      const { failure } = await call(stage, GRANT_BROKER_FUNCTION, {});
      if (failure !== undefined) return { seen: `the broker failed: ${failure}`, passed: false };
      const left = grantsOfShare(stage).length;
      const policy = gateway.points.find(cast.owner.account, cast.share.name)?.policy;
      const closed = JSON.stringify(policy ?? {}).includes('GrantBrokerClosedThisAccessPoint');
      const passed = left === 0 && closed;
      return {
        seen: passed
          ? 'the grant is gone, and the access point closed'
          : `${left} grants left, access point ${closed ? 'closed' : 'open'}`,
        passed,
      };
    },
  );
}

/** The grants of the share, on any key of the owner’s. */
export function grantsOfShare({ props: { gateway, cast } }: Stage): readonly PlayedGrant[] {
  return gateway.grants
    .all()
    .filter(({ Name, KeyId }) => Name === cast.share.name && KeyId.split(':')[4] === cast.owner.account);
}
