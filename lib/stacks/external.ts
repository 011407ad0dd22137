/** The template that an external recipient deploys in its own account, outside the zone’s AWS organisation. */
import { Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CollectRole, ReceiptsRole } from '../constructs';
import { ORGANISATION_TAG } from '../names';
import type { External, Register } from '../register';
import type { IsoDate } from '../register/calendar';
import { unbootstrapped } from './bootstrapped';
import { ConcordatStack } from './concordat-stack';
import { isActive } from './organisation';

/** Holds one role, with which the organisation collects. It needs no bootstrap: the template is handed over as it is. */
export class ExternalOrganisationStack extends ConcordatStack {
  constructor(
    scope: Construct,
    id: string,
    props: { register: Register; organisation: External; asOf: IsoDate },
  ) {
    const { register, organisation, asOf } = props;
    super(scope, id, {
      env: { account: organisation.account, region: register.zone.region },
      synthesizer: unbootstrapped(),
      description: `Concordat: the role with which ${organisation.name} (${organisation.id}) collects what is shared with it`,
    });
    const role = { zone: register.zone, organisation, active: isActive(organisation, asOf) };
    new CollectRole(this, 'Collect', role);
    new ReceiptsRole(this, 'Receipts', role);
    Tags.of(this).add(ORGANISATION_TAG, organisation.id);
  }
}
