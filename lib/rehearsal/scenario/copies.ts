/** The recipient copies a file into a bucket of its own, by the alias of its access point. */
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
} from '@aws-sdk/client-s3';
import { aliasOf } from '../gateway/played-points';
import type { Stage } from './stage';
import { contentOf, keyOf } from './transfers';

const PLAYED = 'A copy across accounts, and the recipient’s own bucket';

/** With its tags, which the recipient may not read, the copy is refused; without them it is a read. */
export async function copyByAlias(stage: Stage): Promise<void> {
  const { owner, recipient, share } = stage.props.cast;
  const actor = stage.role(recipient.account, 'collect');
  const own = stage.as(recipient.account).s3();
  const to = { Bucket: `copies-${stage.run}-${recipient.account}`, Key: 'copied.csv' };
  const CopySource = `${aliasOf({ account: owner.account, name: share.name })}/${keyOf(stage, 'copied')}`;
  await own.send(new CreateBucketCommand({ Bucket: to.Bucket }));
  const s3 = await stage.s3As(actor);
  await stage.step(
    {
      step: `${recipient.id} copies a file by the alias of its access point, with its tags`,
      expected: 'refused',
      decidedBy: 'decided by simulation',
      played: PLAYED,
    },
    async () => {
      const { outcome, why } = await stage.attempt(actor, () =>
        s3.send(new CopyObjectCommand({ ...to, CopySource })),
      );
      return { seen: outcome, passed: outcome === 'refused', why };
    },
  );
  await stage.step(
    {
      step: `${recipient.id} copies a file by the alias of its access point, without its tags`,
      expected: 'allowed, with the bytes that were deposited',
      decidedBy: 'simulation and endpoint',
      played: PLAYED,
    },
    async () => {
      const copy = new CopyObjectCommand({ ...to, CopySource, TaggingDirective: 'REPLACE' });
      const { outcome, why } = await stage.attempt(actor, () => s3.send(copy));
      if (outcome !== 'allowed') return { seen: outcome, passed: false, why };
      const { Body } = await own.send(new GetObjectCommand(to));
      const same = (await Body?.transformToString()) === contentOf(stage, 'copied');
      return {
        seen: same ? 'allowed, with the bytes that were deposited' : 'allowed, with other bytes',
        passed: same,
        why,
      };
    },
  );
  await own.send(new DeleteObjectCommand(to));
  await own.send(new DeleteBucketCommand({ Bucket: to.Bucket }));
}
