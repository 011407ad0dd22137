/** One request on the command line of `why`: the options that say it, and the command that explains a finding of `prove`. */
import * as z from 'zod';
import {
  type FindingAsker,
  type FindingRequest,
  findingId,
  type ProofFinding,
  type RequestToExplain,
  UNSIGNED,
} from '../../proof';
import { quoted } from '../../words';
import { type Option, text, toggle, UsageError, type ValuesOf } from '../option';

/** What says which request is meant. */
export const REQUEST_OPTIONS = {
  as: text(
    'WHO',
    `who asks: the ARN of a role, a user or a root user, the name of an AWS service, or ${UNSIGNED}`,
  ),
  action: text('ACTION', 'what is asked for, such as s3:GetObject'),
  resource: text('ARN', 'the bucket, the object in it, the key or the role that it is asked of'),
  through: text('ARN', 'the access point that the request goes through'),
  context: contextOption(),
  'every-permission': toggle(
    'take the role to have every permission that its account can give, whatever its template gives it',
  ),
  'aws-organisation': text(
    'ID',
    'the AWS organisation that the account of the role is in, or none; as the register has it if not given',
  ),
};

/** What says which finding of `prove` is meant. */
export const FINDING_OPTION = {
  finding: text('NUMBER', 'a finding that no request shows, by the number that prove prints'),
};

/**
 * The request that the options say; undefined where they say none.
 * @throws UsageError if they say a part of one
 */
export function requestIn(values: ValuesOf<typeof REQUEST_OPTIONS>): RequestToExplain | undefined {
  const { as, action, resource, through, context } = values;
  const { 'every-permission': everyPermission, 'aws-organisation': awsOrganization } = values;
  if (as !== undefined && action !== undefined && resource !== undefined) {
    if (!/^(?:s3|kms|sts):[A-Za-z]+$/.test(action))
      throw new UsageError(
        `'${action}' is not an action that is asked about: give one of s3, kms or sts, such as s3:GetObject`,
      );
    return {
      asker: as,
      everyPermission,
      action,
      resource,
      context: context ?? {},
      ...(through !== undefined && { accessPoint: through }),
      ...(awsOrganization !== undefined && { awsOrganization }),
    };
  }
  const given = { as, action, resource, through, context, 'aws-organisation': awsOrganization };
  const found = Object.entries({ ...given, 'every-permission': everyPermission || undefined });
  const some = found.filter(([, value]) => value !== undefined).map(([name]) => `--${name}`);
  if (some.length === 0) return undefined;
  const missing = ['as', 'action', 'resource']
    .map((name) => `--${name}`)
    .filter((each) => !some.includes(each));
  throw new UsageError(`why has ${some.join(' and ')}, and needs ${missing.join(' and ')} too`);
}

/**
 * The command that explains a finding.
 * @param assembly as it was typed for `prove`; undefined where it is meant without being named
 * @param awsOrganization the register’s own AWS organisation
 */
export function whyCommand(
  finding: ProofFinding,
  assembly: string | undefined,
  awsOrganization: string,
): string {
  const of = assembly === undefined ? [] : ['--assembly', assembly];
  return ['npx', 'concordat', 'why', ...wordsFor(finding, awsOrganization), ...of].map(quoted).join(' ');
}

/** The words that ask for a finding again: those of its request, or its number where none shows it. */
function wordsFor(finding: ProofFinding, awsOrganization: string): string[] {
  // Of what StackSets make, `why` has no account to ask in.
  if ('asker' in finding && finding.owner.kind !== 'each account') {
    const { asker, owner, request } = finding;
    if (request !== undefined) return [...askerWords(asker, awsOrganization), ...requestWords(request)];
    if (asker.party.kind === 'organisation' && owner.kind === 'organisation')
      return [asker.party.id, owner.id];
  }
  return ['--finding', findingId(finding)];
}

function askerWords(asker: FindingAsker, ofRegister: string): string[] {
  const { party, as, permissions, left, supposed, awsOrganization } = asker;
  const who =
    party.kind === 'service'
      ? party.service
      : party.kind === 'federated'
        ? party.provider
        : (as?.arn ?? UNSIGNED);
  const isElsewhere =
    left !== undefined ||
    supposed !== undefined ||
    (awsOrganization !== undefined && awsOrganization !== ofRegister);
  return [
    ...['--as', who],
    // Only roles are made by templates with fewer.
    ...(as?.kind === 'role' && permissions === 'at most' ? ['--every-permission'] : []),
    ...(isElsewhere ? ['--aws-organisation', awsOrganization ?? 'none'] : []),
  ];
}

function requestWords({ action, arn, object, accessPoint, context }: FindingRequest): string[] {
  return [
    ...['--action', action],
    ...['--resource', object === '' ? arn : `${arn}/${object}`],
    ...(accessPoint === undefined ? [] : ['--through', accessPoint]),
    ...(Object.keys(context).length === 0 ? [] : ['--context', JSON.stringify(context)]),
  ];
}

const CONTEXT = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

function contextOption(): Option<RequestToExplain['context'] | undefined> {
  return {
    takes: 'JSON',
    help: 'the condition keys of the request, such as {"aws:SecureTransport":"true"}',
    read: ([given], name) => (given === undefined ? undefined : contextFrom(given, name)),
  };
}

function contextFrom(given: string, name: string): RequestToExplain['context'] {
  const parsed = CONTEXT.safeParse(jsonIn(given));
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.data).map(([key, value]) => [key.toLowerCase(), value]));
  throw new UsageError(
    `--${name} is ${given}: it takes condition keys in JSON, each with a text or a list of texts, such as {"aws:SecureTransport":"true"}`,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
