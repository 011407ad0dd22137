/** The owner takes a file back: in a bucket that keeps versions, by a marker that hides it. */
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { Stage } from './stage';
import { keyOf } from './transfers';

/** The deposit role deletes what it deposited, as a recall is made. */
export async function recall(stage: Stage): Promise<void> {
  const { owner } = stage.props.cast;
  const actor = stage.role(owner.account, 'deposit');
  await stage.step(
    {
      step: `${owner.id} takes a file back`,
      expected: 'allowed, by a delete marker',
      decidedBy: 'simulation and endpoint',
    },
    async () => {
      const s3 = await stage.s3As(actor);
      const at = { Bucket: stage.exchangeBucket, Key: keyOf(stage, 'recalled') };
      const { outcome, why, answer } = await stage.attempt(actor, () => s3.send(new DeleteObjectCommand(at)));
      if (outcome !== 'allowed') return { seen: outcome, passed: false, why };
      const marker = answer?.DeleteMarker === true && answer.VersionId !== undefined;
      return {
        seen: marker ? 'allowed, by a delete marker' : 'allowed, without a marker',
        passed: marker,
        why,
      };
    },
  );
}
