/** The one stack in the management account so far: the organisation trail. It needs no bootstrap and no asset. */
import type { Construct } from 'constructs';
import { OrganisationTrail } from '../constructs';
import type { Zone } from '../register';
import { unbootstrapped } from './bootstrapped';
import { ConcordatStack } from './concordat-stack';

/** The name of the stack. */
export const TRAIL_STACK = 'Trail';

/** Deployed after the zone’s stack, which has the bucket and the key. */
export class TrailStack extends ConcordatStack {
  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id, {
      env: { account: zone.accounts.management, region: zone.region },
      terminationProtection: true,
      synthesizer: unbootstrapped(),
      description: 'Concordat: the organisation trail, which records into the zone',
    });
    new OrganisationTrail(this, 'OrganisationTrail', zone);
  }
}
