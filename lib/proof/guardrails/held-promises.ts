/** Whether the policies that are attached keep what docs/guardrails.md promises: each promise is tried, by all whom they reach. */
import type { ControlPolicy, OrganisationFacts, World } from '../../assembly';
import { type Attachment, once } from './alikeness';
import { accountsIn, insiders, outsiders } from './askers';
import { policiesFor } from './attached';
import { type Broken, brokenBy } from './keeping';
import type { Attached, Promised } from './promised';
import { type ResourcePromise, resourcePromises } from './resource-control';
import { custodyPromises, servicePromises } from './service-control';
import type { Things } from './things';

/** What promises are held against. */
type JudgedWorld = Pick<World, 'register' | 'controls' | 's3Policies' | 'asOf'>;

const BLOCK_ALL = JSON.stringify({
  s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } },
});
const BLOCK: Promised = {
  id: 'block of public access',
  attached: 'units',
  actions: ['s3:PutAccountPublicAccessBlock'],
  resources: () => ['*'],
  spared: [],
};

/** What is attached together. */
interface Policies extends Attachment {
  /** Whether S3’s own policy blocks public access. */
  readonly isBlocked: boolean;
}

/** Whom policies reach, worked out once for those that are attached together. */
interface Reached {
  /** The accounts that service control policies name. */
  readonly named: readonly string[];
  readonly insidersOf: (account: string) => ReturnType<typeof insiders>;
  readonly outsidersOf: (account: string) => ReturnType<typeof outsiders>;
}

/** Whether a policy is taken to be attached. */
type IsAttached = (policy: Pick<ControlPolicy, 'name' | 'units'>) => boolean;

/** The promises, held against the policies of one assembly; what was found of the same policies is remembered. */
export class HeldPromises {
  /** Every promise. */
  readonly promises: readonly Promised[];
  /** What was asked before of the same policies. */
  readonly #known = new Map<string, readonly Broken[]>();
  readonly #attachments = new Map<string, Policies>();
  readonly #names = new Map<Attachment, string>();
  readonly #reached = new Map<Attachment, Reached>();

  /** @param member in whose account, and in the operator’s, promises are tried; undefined where the register names none */
  constructor(
    private readonly world: JudgedWorld,
    private readonly member: OrganisationFacts | undefined,
    things: Things,
  ) {
    const { register } = world;
    this.promises = [
      ...servicePromises(register, things),
      ...custodyPromises(register, things),
      ...resourcePromises(register, things),
      BLOCK,
    ];
  }

  /** Everything in which promises are not kept by the policies that are attached. */
  broken(promises: readonly Promised[], isAttached: IsAttached): readonly Broken[] {
    return promises.flatMap((promised) => {
      const attachment = this.#attachment(promised, isAttached);
      const name = `${this.promises.indexOf(promised)} ${this.#names.get(attachment)}`;
      const known = this.#known.get(name) ?? this.#broken(promised, attachment);
      this.#known.set(name, known);
      return known;
    });
  }

  /** The policies that are to keep a promise, one and the same for one and the same policies. */
  #attachment(promised: Promised, isAttached: IsAttached): Policies {
    const { controls, s3Policies } = this.world;
    const service =
      'outsiders' in promised ? [] : policiesFor(promised.attached, controls.service.filter(isAttached));
    const resource = 'outsiders' in promised ? controls.resource.filter(isAttached) : [];
    const isBlocked = s3Policies.some(
      (each) => isAttached(each) && JSON.stringify(each.content) === BLOCK_ALL,
    );
    const name = [...service, ...resource, isBlocked]
      .map((each) => (typeof each === 'object' ? each.place : each))
      .join();
    const found = this.#attachments.get(name) ?? {
      service: service.map(({ policy }) => policy),
      resource: resource.map(({ policy }) => policy),
      isBlocked,
    };
    this.#attachments.set(name, found);
    this.#names.set(found, name);
    return found;
  }

  #broken(promised: Promised, attachment: Policies): Broken[] {
    const { awsOrganizationId } = this.world.register.zone;
    const [account = ''] = this.#accountsOf('units');
    if (promised === BLOCK) {
      const [asker] = insiders(account, this.world.register, []);
      const action = BLOCK.actions[0] ?? '';
      return attachment.isBlocked || asker === undefined
        ? []
        : [{ kind: 'extra', promised, asker, action, resource: '*', context: {} }];
    }
    if ('outsiders' in promised) {
      const who = this.#reachedBy(attachment).outsidersOf(account);
      const askers = (promised as ResourcePromise).outsiders.flatMap((each) => who.get(each) ?? []);
      return brokenBy(promised, attachment, askers, promised.account ?? account, awsOrganizationId);
    }
    const { named, insidersOf } = this.#reachedBy(attachment);
    return firstOf(
      [...new Set([...this.#accountsOf(promised.attached), ...named])].flatMap((each) =>
        brokenBy(promised, attachment, insidersOf(each), each, awsOrganizationId),
      ),
    );
  }

  #reachedBy(attachment: Attachment): Reached {
    const known = this.#reached.get(attachment);
    if (known !== undefined) return known;
    const { register } = this.world;
    const { service, resource } = attachment;
    const found: Reached = {
      named: accountsIn(service).filter((each) => each !== register.zone.accounts.management),
      insidersOf: once((account) => insiders(account, register, service)),
      outsidersOf: once((account) => outsiders(this.world, account, resource)),
    };
    this.#reached.set(attachment, found);
    return found;
  }

  #accountsOf(attached: Attached): string[] {
    const { zone } = this.world.register;
    if (attached === 'deployers') return [zone.guardrails?.deployers[0]?.split(':')[4] ?? zone.accounts.zone];
    return [...(this.member === undefined ? [] : [this.member.account]), zone.accounts.zone];
  }
}

/** One finding for each action: that of the first account. */
function firstOf(broken: readonly Broken[]): Broken[] {
  const found = new Map<string, Broken>();
  for (const each of broken) if (!found.has(each.action)) found.set(each.action, each);
  return [...found.values()];
}
