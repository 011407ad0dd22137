/** What an organisation processes under the agreements of a register, and as what: of this it keeps records. */
import {
  type Agreement,
  directionsOf,
  isReciprocal,
  type OrganisationId,
  partiesOf,
  type Register,
} from '../register';

/**
 * As what an organisation processes: one of `either` is controller or processor, and the agreement does not say which. It says
 * that only where two share each way: where one shares, the one that shares is the controller.
 */
export type ProcessingRole = 'controller' | 'joint-controller' | 'processor' | 'either';

/** One way of one agreement, as one organisation takes part in it. */
export interface Processing {
  readonly agreement: Agreement;
  readonly owner: OrganisationId;
  readonly recipients: readonly OrganisationId[];
  readonly side: 'shares' | 'receives';
  readonly role: ProcessingRole;
}

type Agreements = Pick<Register, 'agreements'>;

/** All that an organisation processes about people, ended agreements included: each way of each agreement once, by agreement. */
export function processingOf({ agreements }: Agreements, organisation: OrganisationId): Processing[] {
  return agreements.filter(concernsPeople).flatMap((agreement) =>
    directionsOf(agreement)
      .filter(({ owner, recipients }) => owner === organisation || recipients.includes(organisation))
      .map((direction): Processing => {
        const side = direction.owner === organisation ? 'shares' : 'receives';
        return { agreement, ...direction, side, role: roleIn(agreement, side) };
      }),
  );
}

/** The agreements of an organisation of which no record is kept: what they share concerns no living person. */
export function unrecorded({ agreements }: Agreements, organisation: OrganisationId): Agreement[] {
  return agreements.filter((each) => !concernsPeople(each) && partiesOf(each).includes(organisation));
}

function concernsPeople({ lawfulBasis }: Agreement): boolean {
  return lawfulBasis.regime !== 'not-personal-data';
}

function roleIn(agreement: Agreement, side: Processing['side']): ProcessingRole {
  switch (agreement.relationship) {
    case 'separate-controllers':
      return 'controller';
    case 'joint-controllers':
      return 'joint-controller';
    case 'controller-and-processor':
      if (isReciprocal(agreement)) return 'either';
      return side === 'shares' ? 'controller' : 'processor';
  }
}
