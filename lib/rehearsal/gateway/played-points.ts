/**
 * Access points, played: no endpoint of this kind has them. Their policies begin as the templates give them, and the grant
 * broker changes them as it would by S3 Control.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html
 */
import { createHash } from 'node:crypto';
import { compile, type Policy } from '../../iam';
import type { Reply } from './local-port';

/** An access point as it stands. */
export interface PlayedPoint {
  readonly account: string;
  readonly name: string;
  readonly bucket: string;
  readonly policy: unknown;
}

/** The access points of every account. */
export class PlayedPoints {
  readonly #points = new Map<string, PlayedPoint>();

  make(point: PlayedPoint): void {
    this.#points.set(idOf(point.account, point.name), point);
  }

  find(account: string, name: string): PlayedPoint | undefined {
    return this.#points.get(idOf(account, name));
  }

  /** The access point behind an alias. */
  behind(alias: string): PlayedPoint | undefined {
    return [...this.#points.values()].find((each) => aliasOf(each) === alias);
  }

  /** The policy, ready to be asked. */
  policyOf({ account, name, policy }: PlayedPoint): Policy {
    return compile(policy, { kind: 'access point', name: `access point ${name} of ${account}` });
  }

  /** Answers S3 Control’s GetAccessPointPolicy and PutAccessPointPolicy. */
  answer(method: string, account: string, name: string, body: string): Reply {
    const point = this.find(account, name);
    if (point === undefined) return failed(404, 'NoSuchAccessPoint');
    if (method === 'GET')
      return xml(
        200,
        `<GetAccessPointPolicyResult><Policy>${escaped(JSON.stringify(point.policy))}</Policy></GetAccessPointPolicyResult>`,
      );
    const text = /<Policy>([^<]*)<\/Policy>/.exec(body)?.[1];
    if (text === undefined) return failed(400, 'MalformedXML');
    try {
      this.make({ ...point, policy: JSON.parse(unescaped(text)) as unknown });
    } catch {
      return failed(400, 'MalformedPolicy');
    }
    return xml(200, '');
  }
}

/** AWS keeps so much of the name in the alias. */
const KEPT_IN_ALIAS = 20;

/**
 * The alias of an access point, as AWS makes one: as much of the name as it keeps, 34 letters and digits, and the suffix.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
export function aliasOf({ account, name }: Pick<PlayedPoint, 'account' | 'name'>): string {
  const own = createHash('sha256').update(idOf(account, name)).digest('hex').slice(0, 34);
  return `${name.slice(0, KEPT_IN_ALIAS)}-${own}-s3alias`;
}

function idOf(account: string, name: string): string {
  return `${account}/${name}`;
}

function failed(status: number, code: string): Reply {
  return xml(
    status,
    `<ErrorResponse><Error><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
  );
}

function xml(status: number, text: string): Reply {
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
