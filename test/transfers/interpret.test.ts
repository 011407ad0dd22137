/** That each event is told of as what it is, and each violation as what is wrong with it. */
import fc from 'fast-check';
import { Exchange } from '../../lib/transfers/exchange';
import { interpret, isInterpreted } from '../../lib/transfers/interpret';
import { entryIdOf } from '../../lib/transfers/meaning';
import { mayConcern, RecordError, trailEventOf } from '../../lib/transfers/record';
import type { AuditIndex } from '../../lib/wire';
import { CODE_POINT } from '../code-point';
import {
  assumed,
  BUCKET,
  CAMDEN,
  collect,
  DWP,
  deposit,
  GRANT,
  gatePage,
  gateTag,
  INDEX,
  KEY,
  LEEDS,
  noise,
  onKey,
  otherAccount,
  read,
  recall,
  record,
  STRANGER,
  TO_CAMDEN,
  TO_LEEDS,
  type Record as TrailRecord,
  verdict,
} from './trail-records';

const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

/** What a record means, each meaning as `kind: reasons`. */
function meaning(value: unknown, by = exchange): string[] {
  if (!mayConcern(value) || !isInterpreted(String(value.eventSource), String(value.eventName))) return [];
  return interpret(trailEventOf(value), by).map(({ kind, reasons }) =>
    reasons.length === 0 ? kind : `${kind}: ${reasons.join(', ')}`,
  );
}

const bucketEvent = (eventName: string, more: TrailRecord = {}) =>
  record({
    eventName,
    managementEvent: true,
    eventCategory: 'Management',
    requestParameters: { bucketName: BUCKET, ...more },
    resources: [{ type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${BUCKET}`, accountId: DWP }],
  });
const accessPoint = (eventName: string, name: string) =>
  record({
    eventName,
    eventCategory: 'Management',
    requestParameters: { name, bucket: BUCKET },
    resources: [
      {
        type: 'AWS::S3::AccessPoint',
        ARN: `arn:aws:s3:eu-west-2:${DWP}:accesspoint/${name}`,
        accountId: DWP,
      },
    ],
  });
const grant = (change: TrailRecord = {}, more: TrailRecord = {}) =>
  onKey('CreateGrant', { ...GRANT, ...change }, more);
const gate = assumed(DWP, 'concordat-release-gate');
const scan = assumed(DWP, 'concordat-malware-scan');
const REPORT = 'reports/benefit-awards/released/none/v1/a.csv.html';
const write = (key: string) => deposit({ key, by: gate });

describe('within an agreement', () => {
  it.each<[string, TrailRecord, string[]]>([
    ['a deposit by the owner', deposit(), ['deposited']],
    ['the verdict of the malware scan', verdict('NO_THREATS_FOUND'), ['scanned']],
    ['the tag of the release gate', gateTag('released'), ['gated']],
    [
      'the tag of the release gate, of which the log shows nothing',
      gateTag('rejected', { shown: false }),
      ['gated'],
    ],
    ['a release', gatePage('released'), ['released']],
    ['a rejection, of an agreement without a contract', gatePage('rejected', { contract: '' }), ['rejected']],
    [
      'a rejection of what lies under no agreement',
      gatePage('rejected', { key: 'agreements/x' }),
      ['rejected'],
    ],
    ['the table beside the page of a decision', write('reports/benefit-awards/released/none/v1/a.csv'), []],
    ['the decision itself, before its page', write('reports/benefit-awards/decided/v1/a.csv.json'), []],
    ['a report that its owner reads', read({ key: REPORT, by: assumed(DWP, 'concordat-deposit') }), []],
    ['a read by the recipient', collect(), ['collected']],
    ['the owner’s copy of it', collect({ by: otherAccount(LEEDS) }), ['collected']],
    ['a recall by the owner', recall(), ['recalled']],
    ['a read by the malware scan', read({ by: scan }), []],
    ['a read by the release gate', read({ by: gate }), []],
    [
      'the probe of the malware scan',
      deposit({ key: 'malware-protection-resource-validation-object', by: scan }),
      [],
    ],
    ['the first second in force', collect({ time: '2026-03-31T23:00:00Z' }), ['collected']],
    ['the last second in force', collect({ time: '2027-03-31T22:59:59Z' }), ['collected']],
    ['the grant that a share gives', grant(), ['grant-made']],
    ['a grant to a service of AWS', grant({ granteePrincipal: 'guardduty.amazonaws.com' }), ['grant-made']],
    ['the end of a grant', onKey('RevokeGrant', { grantId: 'a' }), ['grant-ended']],
    ['a new key policy', onKey('PutKeyPolicy', {}), ['policy-changed']],
    ['a new bucket policy', bucketEvent('PutBucketPolicy'), ['policy-changed']],
    ['the access point of a share', accessPoint('CreateAccessPoint', TO_LEEDS), ['policy-changed']],
    ['a key that is disabled', onKey('DisableKey', {}), ['key-state-changed']],
    [
      'imported material that expires',
      onKey('DeleteExpiredKeyMaterial', {}, { eventType: 'AwsServiceEvent' }),
      ['key-state-changed'],
    ],
  ])('%s is in order', (_, value, expected) => expect(meaning(value)).toEqual(expected));
});

describe('a violation', () => {
  it.each<[string, TrailRecord, string[]]>([
    [
      'a read by a stranger',
      collect({ by: assumed(STRANGER, 'concordat-collect') }),
      ['collected: unexpected-principal'],
    ],
    [
      'a stranger in the owner’s copy',
      collect({ by: otherAccount(STRANGER) }),
      ['collected: unexpected-principal'],
    ],
    [
      'nobody known',
      collect({ by: { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' } }),
      ['collected: unexpected-principal'],
    ],
    [
      'another role of the recipient',
      collect({ by: assumed(LEEDS, 'analyst') }),
      ['collected: unexpected-principal'],
    ],
    [
      'the recipient’s root',
      collect({ by: { type: 'Root', accountId: LEEDS } }),
      ['collected: unexpected-principal'],
    ],
    [
      'the owner itself',
      read({ by: assumed(DWP, 'concordat-deposit') }),
      ['collected: unexpected-principal'],
    ],
    [
      'another organisation’s malware scan',
      read({ by: assumed(CAMDEN, 'concordat-malware-scan') }),
      ['collected: unexpected-principal, not-through-access-point'],
    ],
    ['a read past the access point', collect({ share: undefined }), ['collected: not-through-access-point']],
    [
      'a read through another’s access point',
      collect({ share: TO_CAMDEN }),
      ['collected: not-through-access-point'],
    ],
    ['a read before the first day', collect({ time: '2026-03-31T22:59:59Z' }), ['collected: outside-days']],
    ['a read after the last day', collect({ time: '2027-03-31T23:00:00Z' }), ['collected: outside-days']],
    ['a read under no agreement', collect({ key: 'agreements/other/x' }), ['collected: no-agreement']],
    ['a read beside the agreements', collect({ key: 'private/x' }), ['collected: no-agreement']],
    [
      'a bucket that nobody has',
      collect({ bucket: 'concordat-exchange-777777777777-eu-west-2-an' }),
      ['collected: unknown-bucket'],
    ],
    [
      'an agreement of another owner',
      deposit({
        bucket: `concordat-exchange-${LEEDS}-eu-west-2-an`,
        by: assumed(LEEDS, 'concordat-deposit'),
      }),
      ['deposited: no-agreement'],
    ],
    [
      'a deposit by another role',
      deposit({ by: assumed(DWP, 'admin') }),
      ['deposited: unexpected-principal'],
    ],
    ['a deposit after the last day', deposit({ time: '2027-04-01T00:00:00Z' }), ['deposited: outside-days']],
    [
      'a verdict by the depositor',
      verdict('NO_THREATS_FOUND', { by: assumed(DWP, 'concordat-deposit') }),
      ['scanned: unexpected-principal'],
    ],
    ['a deletion by another role', recall({ by: assumed(DWP, 'admin') }), ['recalled: unexpected-principal']],
    ['a grant with no constraint', grant({ constraints: {} }), ['grant-made: unexpected-grant']],
    [
      'a grant to another role',
      grant({ granteePrincipal: `arn:aws:iam::${LEEDS}:role/x` }),
      ['grant-made: unexpected-grant'],
    ],
    [
      'a grant for another bucket',
      grant({ constraints: { encryptionContextEquals: { 'aws:s3:arn': 'arn:aws:s3:::x' } } }),
      ['grant-made: unexpected-grant'],
    ],
    [
      'a grant of more',
      grant({ operations: ['Decrypt', 'DescribeKey', 'Encrypt'] }),
      ['grant-made: unexpected-grant'],
    ],
    [
      'a grant with two constraints',
      grant({ constraints: { ...(GRANT.constraints as object), sourceArn: 'x' } }),
      ['grant-made: unexpected-grant'],
    ],
    ['a grant of no share', grant({ name: undefined }), ['grant-made: unexpected-grant']],
    [
      'a grant outside the days',
      grant({}, { eventTime: '2027-04-01T00:00:00Z' }),
      ['grant-made: unexpected-grant'],
    ],
    [
      'a grant on a recipient’s own key by the name of the share',
      onKey(
        'CreateGrant',
        {
          ...GRANT,
          constraints: {
            encryptionContextEquals: {
              'aws:s3:arn': `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`,
            },
          },
        },
        {
          resources: [
            { type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-2:${LEEDS}:key/x`, accountId: LEEDS },
          ],
        },
      ),
      ['grant-made: unexpected-grant'],
    ],
    [
      'an access point of no share',
      accessPoint('CreateAccessPoint', 'my-own'),
      ['policy-changed: unexpected-access-point'],
    ],
    ['a key that is replicated', onKey('ReplicateKey', {}), ['key-state-changed: unexpected-key-change']],
  ])('is %s', (_, value, expected) => expect(meaning(value)).toEqual(expected));
});

describe('a refusal', () => {
  it.each<[string, TrailRecord]>([
    ['a read', collect({ error: 'AccessDenied', by: assumed(STRANGER, 'x') })],
    ['a deposit', deposit({ error: 'AccessDenied' })],
    ['a listing', read({ error: 'AccessDenied' })],
    ['a grant', grant({}, { errorCode: 'AccessDeniedException' })],
    ['a new bucket policy', { ...bucketEvent('PutBucketPolicy'), errorCode: 'AccessDenied' }],
    [
      'a decryption',
      onKey(
        'Decrypt',
        { encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` } },
        { errorCode: 'AccessDenied' },
      ),
    ],
  ])('of %s is told of, and is no violation', (_, value) => expect(meaning(value)).toEqual(['denied']));
});

describe('what is no event of the ledger', () => {
  it.each<[string, unknown]>([
    ['other services', noise()],
    ['another bucket', read({ bucket: 'my-bucket-1-2' })],
    ['a key that is not there', collect({ error: 'NoSuchKey' })],
    [
      'a decryption that succeeds',
      onKey('Decrypt', { encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` } }),
    ],
    [
      'a key in an account that shares nothing',
      onKey(
        'DisableKey',
        {},
        {
          resources: [
            { type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-2:${STRANGER}:key/x`, accountId: STRANGER },
          ],
        },
      ),
    ],
    ['an insight', { eventCategory: 'Insight', insightDetails: { state: 'Start' }, eventID: 'x' }],
    ['an endpoint’s refusal', { ...collect(), eventCategory: 'NetworkActivity' }],
  ])('%s', (_, value) => expect(meaning(value)).toEqual([]));
});

describe('a copy', () => {
  const copy = (source: string, by: TrailRecord) =>
    deposit({ bucket: 'elsewhere', key: 'copy.csv', by }) && {
      ...read({ bucket: 'elsewhere', key: 'copy.csv', by }),
      eventName: 'CopyObject',
      requestParameters: { bucketName: 'elsewhere', key: 'copy.csv', 'x-amz-copy-source': source },
    };
  it('is a read of what is copied', () => {
    const through = `arn:aws:s3:eu-west-2:${DWP}:accesspoint/${TO_LEEDS}/object/${KEY}`;
    const leeds = assumed(LEEDS, 'concordat-collect');
    expect(meaning(copy(encodeURIComponent(through), leeds))).toEqual(['collected']);
    expect(meaning(copy(`/${BUCKET}/${encodeURIComponent(KEY)}?versionId=1`, assumed(DWP, 'admin')))).toEqual(
      ['collected: unexpected-principal'],
    );
  });
});

describe('a read by the alias of an access point', () => {
  const byAlias = (by: TrailRecord, point: string, named = false): TrailRecord => {
    const value = collect({ by, share: named ? point : undefined });
    const parameters = value.requestParameters as TrailRecord;
    const bucketName = `${point.slice(0, 12)}-abcdefghijklmnopqrstuvwxyz01234567-s3alias`;
    return { ...value, requestParameters: { ...parameters, bucketName } };
  };
  const leeds = assumed(LEEDS, 'concordat-collect');

  it('is a collection, whether or not the record names the access point', () => {
    for (const named of [true, false])
      expect(meaning(byAlias(leeds, TO_LEEDS, named))).toEqual(['collected']);
  });

  it('is a violation by a stranger, and through the access point of another agreement', () => {
    expect(meaning(byAlias(assumed(STRANGER, 'x'), TO_LEEDS))).toEqual(['collected: unexpected-principal']);
    expect(meaning(byAlias(leeds, 'ffffffffffff--leeds'))).toEqual(['collected: not-through-access-point']);
  });

  it('of a bucket that is none of the exchange’s is no event of the ledger', () => {
    const value = byAlias(leeds, TO_LEEDS);
    const resources = [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::my-own-bucket', accountId: LEEDS }];
    expect(meaning({ ...value, resources })).toEqual([]);
  });
});

describe('a call of a grant broker', () => {
  const FUNCTION = `arn:aws:lambda:eu-west-2:${DWP}:function:concordat-grant-broker`;
  const call = (by: TrailRecord, functionName: string, more: TrailRecord = {}, arn = FUNCTION) =>
    record({
      eventSource: 'lambda.amazonaws.com',
      eventName: 'Invoke',
      userIdentity: by,
      requestParameters: { functionName, invocationType: 'RequestResponse' },
      resources: [{ accountId: DWP, type: 'AWS::Lambda::Function', ARN: arn }],
      ...more,
    });
  const [stop, lift] = ['stop', 'lift'].map((role) => assumed(DWP, `concordat-${role}`));

  it.each<[string, (alias: string) => [string, TrailRecord, string]]>([
    ['the ARN with its alias', (alias) => [`${FUNCTION}:${alias}`, {}, FUNCTION]],
    ['the resource with its alias', (alias) => [FUNCTION, {}, `${FUNCTION}:${alias}`]],
    [
      'the name with its alias',
      (alias: string) => [`concordat-grant-broker:${alias}`, {}, FUNCTION] as const,
    ],
    [
      'a qualifier of its own',
      (qualifier) => [FUNCTION, { requestParameters: { functionName: FUNCTION, qualifier } }, FUNCTION],
    ],
    ['no alias, so by the role', () => [FUNCTION, {}, FUNCTION]],
  ])('by who may is a stop or a lift that was asked for, told by %s', (_, named) => {
    expect(meaning(call(stop ?? {}, ...named('stop')))).toEqual(['stop-asked']);
    expect(meaning(call(lift ?? {}, ...named('lift')))).toEqual(['lift-asked']);
  });

  it('by anybody else is a violation', () => {
    expect(meaning(call(stop ?? {}, `${FUNCTION}:lift`))).toEqual(['lift-asked: unexpected-principal']);
    expect(meaning(call(assumed(DWP, 'admin'), `${FUNCTION}:stop`))).toEqual([
      'stop-asked: unexpected-principal',
    ]);
    expect(meaning(call(assumed(DWP, 'admin'), FUNCTION))).toEqual(['broker-called: unexpected-principal']);
  });

  it('that is refused is told of as that', () => {
    const refused = { errorCode: 'AccessDeniedException' };
    expect(meaning(call(assumed(DWP, 'admin'), `${FUNCTION}:lift`, refused))).toEqual(['denied']);
  });

  it('on schedule, for a deployment, and of any other function is no event of the ledger', () => {
    const schedule = { type: 'AWSService', invokedBy: 'events.amazonaws.com' };
    const deployment = { ...assumed(DWP, 'cfn-exec'), invokedBy: 'cloudformation.amazonaws.com' };
    // The same, where CloudTrail shows the role alone.
    const name = `cdk-concordat-cfn-exec-role-${DWP}-eu-west-2`;
    const executing = {
      ...deployment,
      invokedBy: undefined,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${DWP}:role/${name}`, accountId: DWP },
      },
    };
    for (const by of [schedule, deployment, executing]) expect(meaning(call(by, FUNCTION))).toEqual([]);
    const other = FUNCTION.replace('concordat-grant-broker', 'not-concordat-grant-broker');
    expect(meaning(call(stop ?? {}, other, {}, other))).toEqual([]);
    expect(meaning(call(stop ?? {}, FUNCTION.replace(DWP, STRANGER), { resources: [] }))).toEqual([]);
  });
});

describe('a deletion of several objects', () => {
  const several = (by: TrailRecord, ...keys: string[]) => ({
    ...recall({ by }),
    eventName: 'DeleteObjects',
    requestParameters: { bucketName: BUCKET, delete: '' },
    resources: [
      ...keys.map((key) => ({ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${BUCKET}/${key}` })),
      { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${BUCKET}`, accountId: DWP },
    ],
  });
  const owner = assumed(DWP, 'concordat-deposit');

  it('is a recall of each that the log names, each with an entry of its own', () => {
    const event = trailEventOf(several(owner, KEY, `${KEY}2`));
    const meanings = interpret(event, exchange);
    expect(meanings.map(({ kind, object }) => [kind, object?.key])).toEqual([
      ['recalled', KEY],
      ['recalled', `${KEY}2`],
    ]);
    expect(new Set(meanings.map((each, n) => entryIdOf(event, each, n))).size).toBe(2);
  });

  it('is told of where the log names none', () => {
    expect(meaning(several(owner))).toEqual(['deletion-asked']);
    expect(meaning(several(assumed(DWP, 'admin')))).toEqual(['deletion-asked: unexpected-principal']);
  });
});

describe('the register of the day', () => {
  it('judges: what one version allows, another does not', () => {
    const later: AuditIndex = { ...INDEX, agreements: [] };
    expect(meaning(collect(), new Exchange(later, '2026-10-02T00:00:00Z'))).toEqual([
      'collected: no-agreement',
    ]);
  });
});

describe('the two copies of one read', () => {
  it('have one id, unless only one of them shows a violation', () => {
    const idOf = (value: TrailRecord) => {
      const event = trailEventOf(value);
      return interpret(event, exchange).map((meaning) => entryIdOf(event, meaning));
    };
    const shared = 'shared-1';
    expect(idOf(collect({ shared }))).toEqual(idOf(collect({ shared, by: otherAccount(LEEDS) })));
    expect(idOf(collect({ shared, by: assumed(LEEDS, 'analyst') }))).toEqual([
      'shared-1#collected#violation',
    ]);
  });
});

describe('a record that is not of CloudTrail’s form', () => {
  it('is refused, and nothing else is thrown, whatever one part of it is', () => {
    const base = [deposit(), collect(), verdict('x'), grant(), bucketEvent('PutBucketPolicy'), recall()];
    fc.assert(
      fc.property(fc.constantFrom(...base), fc.nat(), fc.jsonValue(), (value, n, by) => {
        const paths = pathsOf(value);
        const changed = replaced(value, paths[n % paths.length] ?? [], by);
        try {
          meaning(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([[{ ...collect(), eventID: 'a b' }], [{ ...collect(), eventTime: 'noon' }], [null], [{}]])(
    'such as %j',
    (value) => expect(() => meaning(value)).toThrow(RecordError),
  );
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function replaced(value: unknown, [head, ...rest]: Path, by: unknown): unknown {
  if (head === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as { [key: string]: unknown };
  copy[head] = replaced(copy[head], rest, by);
  return copy;
}

describe('against the release gate', () => {
  it.each<[string, TrailRecord, string[]]>([
    ['a report that the depositor writes itself', deposit({ key: REPORT }), ['deposited: no-agreement']],
    [
      'a report that an administrator writes',
      deposit({ key: REPORT, by: assumed(DWP, 'admin') }),
      ['deposited: no-agreement, unexpected-principal'],
    ],
    [
      'the gate’s tag by the depositor',
      gateTag('released', { by: assumed(DWP, 'concordat-deposit') }),
      ['scanned: unexpected-principal'],
    ],
    ['an upload by the gate among the deposits', deposit({ by: gate }), ['deposited: unexpected-principal']],
    [
      'a report that a recipient reads',
      read({ key: REPORT, by: assumed(LEEDS, 'concordat-collect') }),
      ['collected: no-agreement'],
    ],
    [
      'the gate of another owner',
      gatePage('released', { by: assumed(LEEDS, 'concordat-release-gate') }),
      ['deposited: no-agreement, unexpected-principal'],
    ],
  ])('%s is a violation', (_, value, expected) => expect(meaning(value)).toEqual(expected));

  it('by a register of before there was one, its work is as that of any role that is not known', () => {
    const { 'release-gate': _, ...roles } = INDEX.roles;
    const before = new Exchange({ ...INDEX, roles }, '2026-04-01T00:00:00Z');
    expect(meaning(gateTag('released'), before)).toEqual(['scanned: unexpected-principal']);
    expect(meaning(gatePage('released'), before)).toEqual(['deposited: no-agreement, unexpected-principal']);
  });

  it('a decision names the version, the name and the contract that it is about', () => {
    const [released] = interpret(trailEventOf(gatePage('released', { version: 'v7' })), exchange);
    expect(released).toMatchObject({
      object: { bucket: BUCKET, key: KEY, version: 'v7' },
      agreement: 'benefit-awards',
      decision: 'released',
      contract: 'cd'.repeat(32),
      organisations: ['camden', 'dwp', 'leeds'],
    });
  });

  it('a name that is too long for that is the report’s own, and no other object is named in its place', () => {
    const key = `agreements/benefit-awards/${'x'.repeat(950)}`;
    const [rejected] = interpret(trailEventOf(gatePage('rejected', { key })), exchange);
    expect(rejected?.object?.key).toMatch(/^reports\/-\/rejected\/.*\/sha256-[0-9a-f]{64}\.html$/);
    expect(rejected?.agreement).toBeUndefined();
  });

  it('whatever a deposit is called, a decision on it names it and no other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: CODE_POINT, minLength: 1, maxLength: 60 }),
        fc.stringMatching(/^[A-Za-z0-9._]{1,40}$/),
        (name, version) => {
          const key = `agreements/${name}`;
          const [told] = interpret(trailEventOf(gatePage('released', { key, version })), exchange);
          expect(told?.object).toEqual({ bucket: BUCKET, key, version });
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('at the files of the mailbox’s page', () => {
  const ZONE = '100000000002';
  const PAGE = `concordat-mailbox-${ZONE}-eu-west-2-an`;
  const serving = new Exchange(
    { ...INDEX, zone: ZONE, page: { bucket: PAGE, role: '/concordat/concordat-page-release' } },
    '2026-04-01T00:00:00Z',
  );
  const digest = 'c5'.repeat(32);
  const put = (key: string, role = 'concordat-page-release', more: TrailRecord = {}) =>
    record({
      eventName: 'PutObject',
      readOnly: false,
      recipientAccountId: ZONE,
      userIdentity: assumed(ZONE, role),
      requestParameters: { bucketName: PAGE, key },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${PAGE}/${key}` },
        { accountId: ZONE, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${PAGE}` },
      ],
      ...more,
    });
  const list = `leeds/release-${digest}.txt`;

  test('the list of a release tells its digest, and whose page it is', () => {
    expect(interpret(trailEventOf(put(list)), serving)).toEqual([
      expect.objectContaining({
        kind: 'page-released',
        reasons: [],
        owner: 'leeds',
        organisations: ['leeds'],
        pageRelease: digest,
      }),
    ]);
  });

  test.each<[string, TrailRecord, string]>([
    ['another file by the release role', put('leeds/page-0a.js'), 'page-changed'],
    ['a file of nobody’s path', put('release-x.txt'), 'page-changed'],
    ['a list by another role', put(list, 'administrator'), 'page-changed: unexpected-principal'],
    [
      'a deletion',
      put(list, 'concordat-page-release', { eventName: 'DeleteObject' }),
      'page-changed: unexpected-principal',
    ],
    [
      'a call that is not known',
      put(list, 'administrator', { eventName: 'RestoreObject' }),
      'page-changed: unexpected-principal',
    ],
    ['a refusal', put(list, 'administrator', { errorCode: 'AccessDenied' }), 'denied'],
  ])('%s', (_, value, said) => expect(meaning(value, serving)).toEqual([said]));

  test('nothing is told of them by a register whose zone serves no page', () =>
    expect(meaning(put(list))).toEqual([]));
});
