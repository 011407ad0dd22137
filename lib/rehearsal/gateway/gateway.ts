/**
 * Stands between all callers and the endpoint. What actors and functions ask of S3, KMS, DynamoDB and Lambda is judged first and
 * refused where AWS would refuse it; grants, access points and the deployment roles’ sessions are played; the rest goes to the
 * endpoint.
 */
import { randomUUID } from 'node:crypto';
import type { AssemblyStack, World } from '../../assembly';
import { type Asked, askedBy, type Judged, NotUnderstoodError } from './asked';
import { Authoriser, type Ruling } from './authoriser';
import type { Actor } from './caller';
import { ClientSessions } from './client-sessions';
import { DeployedKeys } from './deployed-keys';
import { roleExists } from './deployed-roles';
import { LateRights } from './late-rights';
import { forward, LocalPort, NothingLearntError, type Received, type Reply, signedFor } from './local-port';
import { PlayedGrants } from './played-grants';
import { PlayedPoints } from './played-points';
import { roleSession } from './played-sessions';
import { denied, listedAt, refused } from './replies';
import { Rulings } from './rulings';

/** A request that was judged, and what came of it. */
export interface Heard {
  /** By which the ledger knows it. */
  readonly id: string;
  readonly actor: Actor;
  readonly asked: Judged;
  /** The bucket behind what was asked, by name or by access point. */
  readonly bucket: string | undefined;
  readonly ruling: Ruling;
  readonly status: number;
  readonly received: Received;
  readonly reply: Reply;
  /** Milliseconds since 1970, by the rehearsal’s clock. */
  readonly at: number;
}

/** What the gateway stands in front of. */
export interface GatewayProps {
  readonly endpoint: string;
  readonly world: World;
  /** Of the assembly that the world was read from. */
  readonly stacks: readonly AssemblyStack[];
  readonly now: () => number;
}

/** All ports of a rehearsal. */
export class Gateway {
  readonly points = new PlayedPoints();
  readonly grants: PlayedGrants;
  readonly lateRights = new LateRights();
  /** In the order in which they came. */
  readonly heard: Heard[] = [];
  /** The services that passed unjudged. */
  readonly unjudged = new Set<string>();
  readonly #authoriser: Authoriser;
  readonly #ports: LocalPort[] = [];
  readonly #rulings: Rulings;

  constructor(private readonly props: GatewayProps) {
    const { now, world, stacks, endpoint } = props;
    const keys = new DeployedKeys(endpoint, stacks);
    this.grants = new PlayedGrants({ now, exists: (role) => roleExists(endpoint, role) });
    this.#authoriser = new Authoriser({
      world,
      points: this.points,
      grants: this.grants,
      now,
      deployedKey: (known) => keys.deployed(known),
    });
    const { points, grants, lateRights } = this;
    this.#rulings = new Rulings({
      ...{ endpoint, world, keys, points, grants, lateRights },
      authoriser: this.#authoriser,
    });
  }

  /** The address for deploying and looking on. Nothing is judged there; the access key says which account is meant. */
  operatorUrl(): Promise<string> {
    return this.#open(async (received) => {
      const { accessKey } = signedFor(received);
      return roleSession(received) ?? (await forward(this.props.endpoint, received, accessKey));
    });
  }

  /** The address of a new port for one actor. */
  urlFor(actor: Actor): Promise<string> {
    return this.#open((received) => this.#serve(actor, received));
  }

  /**
   * The address of a new port for the code of a function, whose clock is the rehearsal’s. It is answered at that time: a
   * client that takes its own clock for wrong takes each error for one that passes, and asks again.
   */
  urlForFunction(actor: Actor): Promise<string> {
    return this.#open(async (received) => this.#atItsTime(await this.#serve(actor, received)));
  }

  /**
   * The address of a new port for the client in the hands of a member of staff: STS, and S3 as the role whose session signs. It
   * follows the rehearsal’s clock as well.
   * @param who the ARN of the role that they have in their organisation’s account
   */
  urlForClient(who: string): Promise<string> {
    const { world, now } = this.props;
    const sessions = new ClientSessions(world, who, now);
    return this.#open(async (received) => {
      const actor = sessions.actor(received);
      const reply =
        sessions.answer(received) ??
        (actor === undefined
          ? denied('xml', 403, 'InvalidAccessKeyId', 'it is signed with the key of no session')
          : await this.#serve(actor, received));
      return this.#atItsTime(listedAt(reply, now() - Date.now()));
    });
  }

  #atItsTime(reply: Reply): Reply {
    return { ...reply, headers: { ...reply.headers, date: new Date(this.props.now()).toUTCString() } };
  }

  async close(): Promise<void> {
    await Promise.all(this.#ports.splice(0).map((port) => port.close()));
  }

  async #open(serve: (received: Received) => Promise<Reply>): Promise<string> {
    const port = new LocalPort(serve);
    this.#ports.push(port);
    return await port.open();
  }

  async #serve(actor: Actor, received: Received): Promise<Reply> {
    let asked: Asked;
    try {
      asked = this.#resolved(askedBy(received));
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      return denied('xml', 400, 'NotUnderstoodByTheRehearsal', error.message);
    }
    if (asked.kind === 'other') {
      this.unjudged.add(asked.service);
      return await forward(this.props.endpoint, received, actor.account ?? '');
    }
    let ruling: Ruling;
    let reply: Reply;
    try {
      const ruled = await this.#rulings.on(actor, asked, received);
      ruling = ruled.ruling;
      reply = ruling.allowed ? await ruled.pass() : refused(asked.kind, ruling);
    } catch (error) {
      if (error instanceof NothingLearntError) return error.reply;
      throw error;
    }
    const bucket =
      asked.kind === 'bucket' ? this.#authoriser.bucketOf(asked)?.arn.split(':::')[1] : undefined;
    const at = this.props.now();
    this.heard.push({
      id: randomUUID(),
      actor,
      asked,
      bucket,
      ruling,
      status: reply.status,
      received,
      reply,
      at,
    });
    return reply;
  }

  /** A copy by alias is one by the access point that is behind it. */
  #resolved(asked: Asked): Asked {
    if (asked.kind !== 'bucket' || asked.copy?.alias === undefined) return asked;
    return { ...asked, accessPoint: this.points.behind(asked.copy.alias) };
  }
}
