/**
 * What docs/guardrails.md promises of who reaches what lies in accounts: the organisation, externals that the register declares,
 * and AWS services that act for the organisation; and all of it over TLS.
 */
import type { RegisterFacts } from '../../assembly';
import { of, type Promised, type When } from './promised';
import { BROKER } from './spared';
import type { Things } from './things';

const SECURE = 'aws:securetransport';
const TLS = 's3:tlsversion';
const FOR_ACCOUNT = 'aws:sourceaccount';
const FOR_ORGANISATION = 'aws:sourceorgid';
const FOR_AWS = 'kms:grantisforawsresource';

/** Whoever asks, seen from the AWS organisation. */
export type Outsider =
  /** Of another AWS organisation or of none, and nobody that the register names; the unsigned. */
  | 'stranger'
  /** Of an organisation that the register declares as external. */
  | 'external'
  /** Whom an identity provider vouches for. */
  | 'federated'
  /** An AWS service that asks as itself. */
  | 'service'
  | 'member';

/** A promise with those whom it is about. */
export interface ResourcePromise extends Promised {
  readonly outsiders: readonly Outsider[];
}

/** The roles to which people may sign in. */
const FOR_PEOPLE = /:role\/concordat\/concordat-(?:collect|deposit|receipts)$/;
const OUTSIDE = ['stranger', 'external'] as const;

/** Everything that is promised of who reaches what. */
export function resourcePromises({ zone, organisations }: RegisterFacts, things: Things): ResourcePromise[] {
  const objects = (account: string) => things.buckets(account).map((each) => `${each}/agreements/any1`);
  const shared = (account: string) => [
    ...things.buckets(account),
    ...objects(account),
    ...things.keys(account),
    'arn:aws:s3:::any-bucket',
  ];
  const roles = (account: string) => [
    ...things.ownRoles(account),
    ...things.bootstrapRoles(account),
    `arn:aws:iam::${account}:role/any-role`,
  ];
  const ours = (account: string) => [
    ...things.ownRoles(account),
    ...things.bootstrapRoles(account).filter((each) => each.includes(':role/cdk-')),
  ];
  const members = organisations.filter(({ membership }) => membership === 'member');
  const rest = (account: string) => [...things.queues(account), ...roles(account)];
  const later = (account: string) => [
    ...things.tables(account),
    ...things.rules(account),
    ...things.logGroups(account),
  ];
  const about = (
    id: Promised['id'],
    services: readonly string[],
    actions: readonly string[],
    resources: Promised['resources'],
    outsiders: readonly Outsider[],
    more: Partial<Promised> = {},
  ): ResourcePromise => ({
    id,
    attached: 'units',
    actions,
    ...(services.length > 0 && { allBut: { services, patterns: [] } }),
    resources,
    spared: [],
    outsiders,
    ...more,
  });
  const READ_AND_WRITE = [
    ...of('s3', 'DeleteObject GetObject ListBucket PutBucketPolicy PutObject'),
    ...of('kms', 'CreateGrant Decrypt Encrypt GenerateDataKey'),
  ];
  const MESSAGES = of('sqs', 'DeleteMessage ReceiveMessage SendMessage SetQueueAttributes');
  const TAKE_ON = ['sts:AssumeRole'];
  // They come with a call that takes on a role, and open nothing of themselves.
  const MARK = of('sts', 'SetSourceIdentity TagSession');
  const LATER = [
    ...of('dynamodb', 'GetItem PutItem Query'),
    ...of('events', 'PutEvents PutRule'),
    ...of('logs', 'GetLogEvents PutLogEvents'),
  ];
  const inClear: When = {
    values: { [SECURE]: ['false', 'true'] },
    holds: (read) => read(SECURE) === 'false',
  };
  const oldTls: When = {
    values: { [TLS]: ['1.0', '1.1', '1.2'] },
    holds: (read) => read(TLS) !== undefined && Number(read(TLS)) < 1.2,
  };
  const forOthers: When = {
    values: {
      [FOR_ACCOUNT]: ['999999999998', undefined],
      [FOR_ORGANISATION]: ['o-elsewhere00', zone.awsOrganizationId, undefined],
    },
    holds: (read) => read(FOR_ACCOUNT) !== undefined && read(FOR_ORGANISATION) !== zone.awsOrganizationId,
  };
  const notForAws: When = {
    values: { [FOR_AWS]: ['true', 'false', undefined] },
    holds: (read) => read(FOR_AWS) !== 'true',
  };
  const everybody = [...OUTSIDE, 'member'] as const;
  return [
    about('outsiders on shared data', ['s3', 'kms'], READ_AND_WRITE, shared, ['stranger']),
    about('outsiders on the rest', ['sqs'], MESSAGES, things.queues, OUTSIDE),
    about('outsiders on the rest', [], TAKE_ON, roles, OUTSIDE),
    about('services for others', ['s3', 'kms'], READ_AND_WRITE, shared, ['service'], { when: forOthers }),
    about('services for others', [], [...MESSAGES, ...TAKE_ON, ...MARK], rest, ['service'], {
      when: forOthers,
    }),
    about(
      'federated sessions',
      [],
      of('sts', 'AssumeRoleWithSAML AssumeRoleWithWebIdentity'),
      ours,
      ['federated'],
      // Of an account where nobody signs in: the operator’s, if need be.
      { account: members.find(({ signIn }) => signIn === undefined)?.account ?? zone.accounts.zone },
    ),
    ...members
      .filter(({ signIn }) => signIn !== undefined)
      .slice(0, 1)
      .flatMap(({ account }) => [
        about('federated sessions', [], ['sts:AssumeRoleWithSAML'], ours, ['federated'], { account }),
        about(
          'federated sessions',
          [],
          ['sts:AssumeRoleWithWebIdentity'],
          // Of a role that nothing makes, the register says nothing, and its boundary lets it do nothing.
          (of) => ours(of).filter((each) => !FOR_PEOPLE.test(each) && !each.endsWith('-fresh')),
          ['federated'],
          { account },
        ),
      ]),
    about('grants by outsiders', [], ['kms:CreateGrant'], things.keys, everybody, {
      when: notForAws,
      spared: [BROKER],
    }),
    about('without TLS', ['s3', 'kms'], READ_AND_WRITE, shared, everybody, { when: inClear }),
    about('without TLS', ['sqs'], MESSAGES, things.queues, everybody, { when: inClear }),
    about('without TLS', [], TAKE_ON, roles, everybody, { when: inClear }),
    about('without TLS', [], MARK, roles, ['external', 'member'], { when: inClear }),
    about('old TLS', ['s3'], of('s3', 'GetObject PutObject'), objects, everybody, { when: oldTls }),
    about('outsiders on tables, events and logs', ['dynamodb', 'events', 'logs'], LATER, later, OUTSIDE),
    about(
      'services for others on tables, events and logs',
      ['dynamodb', 'events', 'logs'],
      LATER,
      later,
      ['service'],
      { when: forOthers },
    ),
    about('tables, events and logs without TLS', ['dynamodb', 'events', 'logs'], LATER, later, everybody, {
      when: inClear,
    }),
  ];
}
