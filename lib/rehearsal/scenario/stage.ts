/** What a scenario acts with, and how it takes down what it sees. */
import { randomBytes } from 'node:crypto';
import type { Baseline, World } from '../../assembly';
import { type RolePurpose, roleArnIn } from '../../names';
import type { Cast } from '../cast';
import { type Asking, accessPointClient, type Clients, clientsOf } from '../clients';
import type { RehearsalClock } from '../clock';
import type { DeployTarget } from '../deploy';
import { answers } from '../endpoint/ministack';
import { RehearsalError } from '../errors';
import type { GateFiles } from '../gate-files';
import { type Actor, roleActor } from '../gateway/caller';
import type { Gateway, Heard } from '../gateway/gateway';
import { Script } from '../script';

/** Everything that stands when the scenario begins. */
export interface StageProps {
  readonly world: World;
  readonly cast: Cast;
  /** What StackSets give accounts; the assembly that is deployed has none. */
  readonly baselines: readonly Baseline[];
  readonly gateway: Gateway;
  readonly clock: RehearsalClock;
  /** The address at which nothing is judged. */
  readonly operator: string;
  readonly target: DeployTarget;
  readonly say: (line: string) => void;
  readonly endpoint: string;
  /** What the owner’s release gate was given; undefined where it has none. */
  readonly gate: GateFiles | undefined;
  /** What keeps the contract of the share’s agreement; undefined where it has none. */
  readonly table: string | undefined;
}

/** The stage. */
export class Stage extends Script {
  /** Tells the files of this rehearsal from those of others at the same endpoint. */
  readonly run = randomBytes(4).toString('hex');
  readonly #ports = new Map<string, string>();

  constructor(readonly props: StageProps) {
    super({
      signal: props.target.signal,
      say: props.say,
      afterFailure: async () => {
        if (await answers(props.endpoint)) return;
        throw new RehearsalError('the endpoint no longer answers: start it, and run this again');
      },
    });
  }

  /** Clients at the operator’s port. */
  as(account: string): Clients {
    return clientsOf({ url: this.props.operator, account, region: this.props.target.region });
  }

  role(account: string, purpose: RolePurpose): Actor {
    return roleActor(this.props.world, roleArnIn(account, purpose));
  }

  /** Where an actor asks. */
  async askingAs(actor: Actor): Promise<Asking> {
    const id = JSON.stringify([actor.name, actor.identity.map(({ name }) => name), actor.context]);
    let url = this.#ports.get(id);
    if (url === undefined) {
      url = await this.props.gateway.urlFor(actor);
      this.#ports.set(id, url);
    }
    return { url, account: actor.account ?? '000000000000', region: this.props.target.region };
  }

  async s3As(actor: Actor, way: 'bucket' | 'access point' = 'bucket') {
    const asking = await this.askingAs(actor);
    return way === 'bucket' ? clientsOf(asking).s3() : accessPointClient(asking);
  }

  /** The ARN by which all callers name the access point of the share. */
  get pointArn(): string {
    const { cast, target } = this.props;
    return `arn:aws:s3:${target.region}:${cast.owner.account}:accesspoint/${cast.share.name}`;
  }

  /** The ARN of an access point of the owner’s that is for another recipient, if there is one. */
  pointOf(recipient: string): string | undefined {
    const { world, cast } = this.props;
    return world.buckets
      .flatMap(({ account, accessPoints }) => (account === cast.owner.account ? accessPoints : []))
      .find(({ name }) => name.endsWith(`--${recipient}`))?.arn;
  }

  /** A media type that the agreement allows: CSV where it does. */
  get mediaType(): string {
    const { gate, cast } = this.props;
    const types = gate?.list.agreements.find(({ id }) => id === cast.share.agreement)?.mediaTypes ?? [];
    return types.includes('text/csv') ? 'text/csv' : (types[0] ?? 'text/csv');
  }

  get ledgerBucket(): string {
    const { world, cast } = this.props;
    const { namePrefix, region } = world.register.zone;
    return `${namePrefix}-ledger-${cast.zoneAccount}-${region}-an`;
  }

  get exchangeBucket(): string {
    return bucketOf(this.props.world, this.props.cast.owner.account);
  }

  /**
   * Lets an actor ask, and says what came of it: by the authoriser first, then by the endpoint.
   * @throws what `ask` throws where nothing reached the authoriser
   */
  async attempt<T>(
    actor: Actor,
    ask: () => Promise<T>,
  ): Promise<{ outcome: string; why: readonly string[]; answer: T | undefined }> {
    const { heard } = this.props.gateway;
    const before = heard.length;
    let answer: T | undefined;
    let failure: unknown;
    try {
      answer = await ask();
    } catch (error) {
      failure = error;
    }
    const mine = heard.slice(before).filter((each) => each.actor.name === actor.name);
    const last = mine.at(-1);
    if (last === undefined) throw failure ?? new Error('the request did not come to the authoriser');
    return { outcome: outcomeOf(last, failure), why: last.ruling.why, answer };
  }
}

/** The bucket in which an organisation’s data lies. */
export function bucketOf(world: World, account: string): string {
  const bucket = world.buckets.find((each) => each.account === account);
  return bucket?.arn.split(':::')[1] ?? '';
}

function outcomeOf({ ruling, status }: Heard, failure: unknown): string {
  if (ruling.unjudged) return 'not judged';
  if (!ruling.allowed) return 'refused';
  if (failure === undefined) return 'allowed';
  return `allowed, then failed at the endpoint (${status} ${failure instanceof Error ? failure.name : ''})`;
}
