/**
 * The guardrails of an assembly, judged twice: with every one attached, and as they stand. What they are to refuse is worked
 * out from the register and from what docs/guardrails.md promises, by code that shares nothing with what makes them.
 */
import type { ControlPolicy, World } from '../../assembly';
import {
  type ContextValue,
  callerOf,
  decide,
  type Policy,
  type Reason,
  reasonsOf,
  requestOf,
} from '../../iam';
import { EVERYTHING } from '../askers';
import type { Asker } from '../question';
import { type Attachment, once } from './alikeness';
import { accountsIn, insiders, outsiders } from './askers';
import { type Broken, brokenBy, underGuardrails } from './keeping';
import { type Need, needsOf } from './needs';
import type { Attached, Promised, PromiseId } from './promised';
import { type ResourcePromise, resourcePromises } from './resource-control';
import { custodyPromises, servicePromises } from './service-control';
import { type Things, thingsOf } from './things';

/** Something about guardrails that is not as docs/guardrails.md promises. */
export type GuardrailFinding =
  | {
      readonly what: 'not refused' | 'not judged';
      readonly promise: PromiseId;
      /** The ARN of whoever could, a service, a provider; empty of the unsigned. */
      readonly who: string;
      readonly action: string;
      readonly resource: string;
      readonly context: Readonly<Record<string, ContextValue>>;
    }
  /** Something that the landing zone needs is refused. */
  | {
      readonly what: 'refused';
      readonly who: string;
      readonly action: string;
      readonly resource: string;
      readonly context: Readonly<Record<string, ContextValue>>;
      readonly because: readonly Reason[];
    };

/** Where guardrails hold. */
export interface GuardrailsStand {
  /** As the register has it: `canary`. */
  readonly stage: string;
  /** With every guardrail attached where it is to be. */
  readonly all: Kept;
  /** By unit, and by account of those who deploy, as they are attached in this assembly. */
  readonly now: readonly (Kept & { readonly unit: string })[];
}

/** How many promises there are, and how many of them are kept. */
interface Kept {
  readonly promises: number;
  readonly kept: number;
}

/** What came of it. */
export interface GuardrailsProof {
  readonly findings: readonly GuardrailFinding[];
  /** Undefined of an assembly from before there were guardrails. */
  readonly stand?: GuardrailsStand;
}

/** Judges the guardrails of a world. */
export function guardrailsProof({ register, controls, s3Policies }: World): GuardrailsProof {
  const { guardrails } = register.zone;
  if (guardrails === undefined) return { findings: [] };
  const judge = new Judge(register, controls.service, controls.resource, s3Policies);
  const all = judge.broken(judge.promises, () => true);
  const now = placesOf(register).map(({ unit, reached, place }) => {
    const meant = judge.promises.filter(({ attached }) => isMeant(attached, place));
    const broken = judge.broken(meant, ({ units }) => units.some((each) => reached.includes(each)));
    return { unit, ...keptOf(meant, broken) };
  });
  return {
    findings: [...all.map(findingOf), ...judge.refused()],
    stand: { stage: guardrails.stage, all: keptOf(judge.promises, all), now },
  };
}

interface Place {
  readonly unit: string;
  /** It, and the units above it whose policies reach it. */
  readonly reached: readonly string[];
  readonly place: Attached;
}

/** The units, and the accounts of those who deploy, which are in none of them. */
function placesOf({ zone: { guardrails, accounts } }: World['register']): Place[] {
  if (guardrails === undefined) return [];
  const { canary, members, zone, custody = {} } = guardrails.units;
  const deployers = new Set(guardrails.deployers.map((arn) => arn.split(':')[4] ?? ''));
  deployers.delete(accounts.management);
  return [
    ...[canary, members, zone].map(String).map((unit): Place => ({ unit, reached: [unit], place: 'units' })),
    ...Object.entries(typeof custody === 'string' ? {} : custody).map(
      ([kind, unit]): Place => ({ unit, reached: [unit, String(members)], place: { custody: kind } }),
    ),
    ...[...deployers].map((unit): Place => ({ unit, reached: [unit], place: 'deployers' })),
  ];
}

/** Whether a promise is meant for a place: what is for all units is for those of one custody too. */
function isMeant(attached: Attached, place: Attached): boolean {
  if (place === 'deployers' || attached === 'deployers') return place === attached;
  return attached === 'units' || (typeof place === 'object' && attached.custody === place.custody);
}

function keptOf(promises: readonly Promised[], broken: readonly Broken[]): Kept {
  const ids = new Set(promises.map(({ id }) => id));
  const lost = new Set(broken.map(({ promised }) => promised.id));
  return { promises: ids.size, kept: [...ids].filter((each) => !lost.has(each)).length };
}

function findingOf({ kind, promised, asker, action, resource, context }: Broken): GuardrailFinding {
  return {
    what: kind === 'extra' ? 'not refused' : 'not judged',
    promise: promised.id,
    who: asker.as?.arn ?? asker.caller.name,
    action,
    resource,
    context,
  };
}

/** Whom policies reach, worked out once for those that are attached together. */
interface Reached {
  /** The accounts that service control policies name. */
  readonly named: readonly string[];
  readonly insidersOf: (account: string) => ReturnType<typeof insiders>;
  readonly outsidersOf: (account: string) => ReturnType<typeof outsiders>;
}

type IsAttached = (policy: Pick<ControlPolicy, 'name' | 'units'>) => boolean;

class Judge {
  readonly #member: World['register']['organisations'][number] | undefined;
  readonly #things: Things;
  readonly #service: readonly Promised[];
  readonly #resource: readonly ResourcePromise[];
  /** What was asked before of the same policies. */
  readonly #known = new Map<string, readonly Broken[]>();
  readonly #attachments = new Map<string, Attachment & { readonly isBlocked: boolean }>();
  readonly #names = new Map<Attachment, string>();
  readonly #reached = new Map<Attachment, Reached>();

  constructor(
    private readonly register: World['register'],
    private readonly control: readonly ControlPolicy[],
    private readonly resourceControl: readonly ControlPolicy[],
    private readonly s3: World['s3Policies'],
  ) {
    this.#member = register.organisations.find(({ membership }) => membership === 'member');
    this.#things = thingsOf(register, this.#member);
    this.#service = [...servicePromises(register, this.#things), ...custodyPromises(register, this.#things)];
    this.#resource = resourcePromises(register, this.#things);
  }

  /** Every promise. */
  get promises(): readonly Promised[] {
    return [...this.#service, ...this.#resource, BLOCK];
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
  #attachment(promised: Promised, isAttached: IsAttached): Attachment & { readonly isBlocked: boolean } {
    const service = 'outsiders' in promised ? [] : this.#policiesFor(promised.attached, isAttached);
    const resource = 'outsiders' in promised ? this.resourceControl.filter(isAttached) : [];
    const isBlocked = this.s3.some((each) => isAttached(each) && JSON.stringify(each.content) === BLOCK_ALL);
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

  #broken(promised: Promised, attachment: Attachment & { readonly isBlocked: boolean }): Broken[] {
    const { zone } = this.register;
    const { awsOrganizationId } = zone;
    const [account = ''] = this.#accountsOf('units');
    if (promised === BLOCK) {
      const [asker] = insiders(account, this.register, []);
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
    const { register } = this;
    const { service, resource } = attachment;
    const found: Reached = {
      named: accountsIn(service).filter((each) => each !== register.zone.accounts.management),
      insidersOf: once((account) => insiders(account, register, service)),
      outsidersOf: once((account) => outsiders(register, account, resource)),
    };
    this.#reached.set(attachment, found);
    return found;
  }

  #accountsOf(attached: Attached): string[] {
    const { zone } = this.register;
    if (attached === 'deployers') return [zone.guardrails?.deployers[0]?.split(':')[4] ?? zone.accounts.zone];
    return [...(this.#member === undefined ? [] : [this.#member.account]), zone.accounts.zone];
  }

  /** Those that are to keep a promise, by what they are called; one of another name counts for the units. */
  #policiesFor(attached: Attached, isAttached: IsAttached): ControlPolicy[] {
    return this.control.filter((each) => isAttached(each) && isFor(each.name, attached));
  }

  /** What is needed and refused, with everything attached. */
  refused(): GuardrailFinding[] {
    const resource = this.resourceControl.map(({ policy }) => policy);
    const found = new Map<string, GuardrailFinding>();
    const byPlace = new Map<string, readonly Policy[]>();
    for (const need of needsOf(this.register, this.#member, this.#things)) {
      const place: Attached = need.ofDeployers
        ? 'deployers'
        : need.custody === undefined
          ? 'units'
          : { custody: need.custody };
      const name = JSON.stringify(place);
      const service = byPlace.get(name) ?? this.#policiesFor(place, () => true).map(({ policy }) => policy);
      byPlace.set(name, service);
      const because = this.#refuses(need, { service, resource });
      const { caller, action, context } = need;
      const who = callerName(caller);
      if (because !== undefined && !found.has(`${who} ${action}`))
        found.set(`${who} ${action}`, {
          what: 'refused',
          who,
          action,
          resource: need.resource,
          context,
          because,
        });
    }
    return [...found.values()];
  }

  #refuses(need: Need, { service, resource }: Attachment): readonly Reason[] | undefined {
    const { zone } = this.register;
    const caller = callerOf(need.caller);
    const isInside = need.awsOrganization === zone.awsOrganizationId;
    const asker: Asker = {
      caller,
      party: { kind: 'zone' },
      role: '',
      permissions: 'at most',
      identity: caller.account === undefined ? [] : [EVERYTHING],
      awsOrganization: need.awsOrganization,
    };
    const { context, action } = need;
    const decision = decide(
      requestOf({
        caller,
        action,
        resource: need.resource,
        ...(need.resource !== '*' && { resourceAccount: need.account }),
        context: {
          'aws:principalorgid': need.awsOrganization,
          'aws:resourceorgid': zone.awsOrganizationId,
          ...context,
        },
      }),
      underGuardrails(asker, { service: isInside ? service : [], resource }),
    );
    return decision.verdict === 'allowed' ? undefined : reasonsOf(decision);
  }
}

/** The ARN of a caller, a service, a provider; empty of the unsigned. */
function callerName(caller: Need['caller']): string {
  if ('arn' in caller) return caller.arn;
  return 'service' in caller ? caller.service : 'provider' in caller ? caller.provider : '';
}

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

/** The accounts of those who deploy get two of the policies; a unit of one custody gets its own beside those of all units. */
function isFor(name: string, attached: Attached): boolean {
  const [, custody] = /^concordat-custody-(.+)$/.exec(name) ?? [];
  if (attached === 'deployers') return ['concordat-accountability', 'concordat-deployers'].includes(name);
  if (name === 'concordat-deployers') return false;
  return custody === undefined || (typeof attached === 'object' && attached.custody === custody);
}

/** One finding for each action: that of the first account. */
function firstOf(broken: readonly Broken[]): Broken[] {
  const found = new Map<string, Broken>();
  for (const each of broken) if (!found.has(each.action)) found.set(each.action, each);
  return [...found.values()];
}
