/** The roles by which people have shares stopped, and stops lifted: two rights, each declared in the register. */
import type { Construct } from 'constructs';
import { anyRole } from '../../names';
import { callsTheBroker, stopsForAll, trustedByDeclared, trustedToStop } from '../../policy';
import type { Member, Zone } from '../../register';
import { boundaryIn, ScopedRole } from './scoped-role';

/** Whose shares they are, and the roles that its register file names. */
export interface StopRoleProps {
  readonly zone: Zone;
  readonly organisation: Member;
  readonly declared: readonly string[];
}

/** Stops, and ends sessions. The operator’s own role may take it on too, where the zone has one. */
export class StopRole extends ScopedRole {
  constructor(scope: Construct, id: string, { zone, organisation, declared }: StopRoleProps) {
    super(scope, id, {
      purpose: 'stop',
      boundary: boundaryIn('member', organisation.account),
      description: `Concordat: has shares of ${organisation.id} stopped and sessions of its people ended; lifts nothing`,
      trust: trustedToStop(zone, organisation.account, declared),
      permissions: callsTheBroker(zone, organisation.account, 'stop'),
      wildcards: {},
    });
  }
}

/** Lifts. No role of the operator may take it on. */
export class LiftRole extends ScopedRole {
  constructor(scope: Construct, id: string, { zone, organisation, declared }: StopRoleProps) {
    super(scope, id, {
      purpose: 'lift',
      boundary: boundaryIn('member', organisation.account),
      description: `Concordat: has stops of shares of ${organisation.id} lifted; trusted only by the roles that its register file names`,
      trust: trustedByDeclared(organisation.account, declared),
      permissions: callsTheBroker(zone, organisation.account, 'lift'),
      wildcards: {},
    });
  }
}

/** The operator’s: takes on `concordat-stop` in the account of each owner. */
export class StopAllRole extends ScopedRole {
  constructor(
    scope: Construct,
    id: string,
    { zone, declared }: { readonly zone: Zone; readonly declared: readonly string[] },
  ) {
    super(scope, id, {
      purpose: 'stop-all',
      boundary: boundaryIn('zone', zone.accounts.zone),
      description:
        'Concordat: has shares of any owner stopped; lifts nothing, grants nothing and decrypts nothing',
      trust: trustedByDeclared(zone.accounts.zone, declared),
      permissions: stopsForAll(zone),
      wildcards: {
        [anyRole('stop')]:
          'Owners come and go. The role is named in full, in the AWS organisation alone, and each account’s role says that it trusts this one.',
      },
    });
  }
}
