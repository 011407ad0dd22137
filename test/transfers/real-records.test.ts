/** That records are read as AWS writes them, where a field means another thing than its name or a name is one no person sends. */
import fc from 'fast-check';
import { Exchange } from '../../lib/transfers/exchange';
import { interpret, isInterpreted, REFUSALS } from '../../lib/transfers/interpret';
import { markOf } from '../../lib/transfers/mark';
import type { Meaning } from '../../lib/transfers/meaning';
import { mayConcern, trailEventOf } from '../../lib/transfers/record';
import {
  aliasOf,
  assumed,
  BUCKET,
  collect,
  copy,
  DWP,
  deletionOf,
  deletionOfSeveral,
  deposit,
  INDEX,
  KEY,
  LEEDS,
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

function meaningsOf(value: TrailRecord): Meaning[] {
  if (!mayConcern(value) || !isInterpreted(String(value.eventSource), String(value.eventName))) return [];
  return interpret(trailEventOf(value), exchange);
}
const words = (value: TrailRecord) =>
  meaningsOf(value).map(({ kind, reasons }) =>
    reasons.length === 0 ? kind : `${kind}: ${reasons.join(', ')}`,
  );
const marksOf = (value: TrailRecord) => {
  const event = trailEventOf(value);
  return interpret(event, exchange).map((meaning) => markOf(event, meaning, exchange));
};
const owner = assumed(DWP, 'concordat-deposit');
const admin = assumed(DWP, 'admin');
const leeds = assumed(LEEDS, 'concordat-collect');
const stranger = assumed(STRANGER, 'thief');

describe('a deletion', () => {
  it('without a version makes a marker: what it hides has no version, and goes by time', () => {
    const [mark] = marksOf(recall({ marker: 'M1' }));
    expect(mark).toMatchObject({ kind: 'recalled', version: undefined, marker: 'M1' });
  });

  it('may say `true` as a word or as a value', () => {
    const value = {
      ...recall(),
      responseElements: { 'x-amz-delete-marker': true, 'x-amz-version-id': 'M1' },
    };
    expect(marksOf(value)).toMatchObject([{ kind: 'recalled', version: undefined, marker: 'M1' }]);
  });

  it('of a version is of that version', () => {
    expect(marksOf(deletionOf('V1', { by: admin }))).toMatchObject([
      { kind: 'recalled', version: 'V1', marker: undefined },
    ]);
  });

  it('of a marker is no recall: what it hid is there again', () => {
    const value = deletionOf('M1', { marker: true, by: admin });
    expect(words(value)).toEqual(['restored: unexpected-principal']);
    expect(marksOf(value)).toMatchObject([{ kind: 'restored', version: undefined, marker: 'M1' }]);
  });

  it('of several is one recall of each, however it is asked for', () => {
    const keys = [KEY, `${KEY}2`];
    const records = deletionOfSeveral(keys);
    expect(records.flatMap(words)).toEqual(['deletion-asked', 'recalled', 'recalled']);
    expect(records.flatMap(marksOf).filter((mark) => mark !== undefined)).toHaveLength(2);
    expect(deletionOfSeveral([KEY], { by: admin }).flatMap(words)).toEqual([
      'deletion-asked: unexpected-principal',
      'recalled: unexpected-principal',
    ]);
    expect(words(deletionOfSeveral([], { by: admin, error: 'AccessDenied' })[0] ?? {})).toEqual(['denied']);
  });
});

describe('a copy', () => {
  const object = (value: TrailRecord) => meaningsOf(value).map((each) => each.object?.key);
  const point = (key: string, share = TO_LEEDS) =>
    `arn:aws:s3:eu-west-2:${DWP}:accesspoint/${share}/object/${key}`;

  it.each([
    ['my+file.csv', 'my file.csv'],
    ['my%20file.csv', 'my file.csv'],
    ['my%2Bfile.csv', 'my+file.csv'],
    ['100%+done.csv', '100% done.csv'],
  ])('of %s is of %s', (written, meant) => {
    expect(object(copy(point(`agreements/benefit-awards/${written}`), { by: leeds }))).toEqual([
      `agreements/benefit-awards/${meant}`,
    ]);
  });

  it('names a version behind its source, or in the answer', () => {
    const version = (value: TrailRecord) => meaningsOf(value).map((each) => each.object?.version);
    expect(version(copy(`${point(KEY)}?versionId=V1`, { by: leeds }))).toEqual(['V1']);
    expect(version(copy(encodeURIComponent(`${point(KEY)}?versionId=V1`), { by: leeds }))).toEqual(['V1']);
    const answered = {
      ...copy(point(KEY), { by: leeds }),
      responseElements: { 'x-amz-copy-source-version-id': 'V1' },
    };
    expect(version(answered)).toEqual(['V1']);
  });

  const source = `${aliasOf(TO_LEEDS)}/${KEY}`;
  const named = (value: TrailRecord): TrailRecord => ({
    ...value,
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${BUCKET}/${KEY}` },
      { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${BUCKET}`, accountId: DWP },
      {
        type: 'AWS::S3::AccessPoint',
        ARN: `arn:aws:s3:eu-west-2:${DWP}:accesspoint/${TO_LEEDS}`,
        accountId: DWP,
      },
      ...(value.resources as TrailRecord[]),
    ],
  });

  it.each([
    ['alone', (value: TrailRecord) => value],
    ['beside its bucket and access point', named],
  ])('by alias is a read, told by the alias %s', (_, as) => {
    expect(meaningsOf(as(copy(source, { by: leeds })))).toMatchObject([
      {
        kind: 'collected',
        reasons: [],
        recipient: 'leeds',
        share: TO_LEEDS,
        object: { bucket: BUCKET, key: KEY },
      },
    ]);
    expect(words(as(copy(source, { by: otherAccount(LEEDS) })))).toEqual(['collected']);
    expect(words(as(copy(source, { by: stranger })))).toEqual(['collected: unexpected-principal']);
    expect(words(as(copy(source, { by: admin })))).toEqual(['collected: unexpected-principal']);
    expect(words(as(copy(source, { by: stranger, error: 'AccessDenied' })))).toEqual(['denied']);
  });

  it('by another recipient’s alias is a violation', () => {
    expect(words(copy(`${aliasOf(TO_CAMDEN)}/${KEY}`, { by: leeds }))).toEqual([
      'collected: not-through-access-point',
    ]);
  });

  it('by an alias that the register does not have is told of, whoever does it', () => {
    for (const by of [leeds, admin, stranger, otherAccount(STRANGER)]) {
      expect(words(copy(`${aliasOf('reports')}/x.csv`, { by }))).toEqual(['unknown-read']);
      expect(words(copy(`${aliasOf('ffffffffffff--leeds')}/${KEY}`, { by }))).toEqual([
        'unknown-read: unexpected-access-point',
      ]);
    }
  });

  it('by an alias of which CloudTrail says that it is another bucket’s is no event of the ledger', () => {
    const value = copy(`${aliasOf('reports')}/x.csv`, { by: leeds });
    const elsewhere = { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::reports-of-leeds', accountId: LEEDS };
    expect(words({ ...value, resources: [...(value.resources as TrailRecord[]), elsewhere] })).toEqual([]);
  });

  it('into the exchange is a deposit as well', () => {
    const value = copy(`my-own-bucket/x.csv`, { by: owner, bucket: BUCKET, key: KEY });
    expect(words(value)).toEqual(['deposited']);
    expect(words(named(copy(source, { by: leeds })))).not.toContain('deposited');
  });
});

describe('a request through an access point whose bucket the record does not name', () => {
  const bare = (value: TrailRecord): TrailRecord => ({ ...value, resources: null });
  it('is of the bucket of its account', () => {
    expect(meaningsOf(bare(collect()))).toMatchObject([
      { kind: 'collected', reasons: [], recipient: 'leeds', object: { bucket: BUCKET, key: KEY } },
    ]);
    expect(words(bare(collect({ by: stranger })))).toEqual(['collected: unexpected-principal']);
    expect(words(bare({ ...collect({ by: stranger }), eventName: 'ListObjectsV2' }))).toEqual([
      'listed: unexpected-principal',
    ]);
    expect(words(bare({ ...recall({ by: stranger, share: TO_LEEDS }) }))).toEqual([
      'recalled: unexpected-principal',
    ]);
  });
  it('is nothing where that account is no member’s', () => {
    const value = bare(collect({ bucket: `concordat-exchange-${STRANGER}-eu-west-2-an` }));
    expect(words(value)).toEqual([]);
  });
  it('by alias alone is of the agreement whose name is in it', () => {
    const { requestParameters, ...rest } = collect();
    const by = (point: string) =>
      bare({
        ...rest,
        requestParameters: { ...(requestParameters as TrailRecord), bucketName: aliasOf(point) },
      });
    expect(words(by(TO_LEEDS))).toEqual(['collected']);
    expect(words({ ...by(TO_LEEDS), userIdentity: stranger })).toEqual(['collected: unexpected-principal']);
    expect(words(by('reports'))).toEqual(['unknown-read']);
    expect(words({ ...by('reports'), eventName: 'ListObjectsV2' })).toEqual(['unknown-read']);
  });
});

describe('what consoles and tools make to show a folder', () => {
  const folders = [
    'agreements/',
    'agreements/benefit-awards/',
    'agreements/benefit-awards/2026/',
    'agreements/benefit-awards/2026_$folder$',
  ];
  it.each(folders)('%s is no transfer and no violation', (key) => {
    for (const bytesIn of [undefined, 0, 70])
      expect(words(deposit({ key, ...(bytesIn !== undefined && { bytesIn }) }))).toEqual([]);
    // Of the agreement or beside it, nothing about it is a violation.
    for (const value of [recall({ key }), verdict('NO_THREATS_FOUND', { key })])
      expect(words(value).join()).toMatch(/^(?:|recalled|scanned)$/);
  });
  it('beside the agreements is nothing, also when it goes', () => {
    for (const key of folders.slice(0, 2)) {
      expect(words(recall({ key }))).toEqual([]);
      expect(words(verdict('NO_THREATS_FOUND', { key }))).toEqual([]);
    }
  });
  it('is for the deposit role alone, and for nothing that holds data', () => {
    const key = 'agreements/benefit-awards/2026/';
    expect(words(deposit({ key, by: admin }))).toEqual(['deposited: unexpected-principal']);
    expect(words(deposit({ key, bytesIn: 5_000_000 }))).toEqual(['deposited']);
    for (const eventName of ['CompleteMultipartUpload', 'CopyObject'])
      expect(words({ ...deposit({ key, bytesIn: 400 }), eventName })).toEqual(['deposited']);
    // What was deposited under such a name can be taken back, and found infected.
    expect(words(recall({ key }))).toEqual(['recalled']);
    expect(words(verdict('THREATS_FOUND', { key }))).toEqual(['scanned']);
    expect(words(collect({ key }))).toEqual(['collected']);
  });
});

describe('a refusal', () => {
  it('has the same meaning under both of its names, with `KMS.` and without', () => {
    const events: ((error: string) => TrailRecord)[] = [
      (error) => collect({ error }),
      (error) => deposit({ error }),
      (error) => recall({ error }),
      (error) => copy(`${aliasOf(TO_LEEDS)}/${KEY}`, { by: leeds, error }),
      (errorCode) =>
        onKey('Decrypt', { encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` } }, { errorCode }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUSALS),
        fc.boolean(),
        fc.constantFrom(...events),
        (name, ofKms, event) => {
          expect(words(event(ofKms ? `KMS.${name}` : name))).toEqual(['denied']);
        },
      ),
      { numRuns: 300 },
    );
  });
  it.each([
    'KMS.DisabledException',
    'KMS.KMSInvalidStateException',
    'DisabledException',
    'KMSInvalidStateException',
  ])('is %s, of a key that is off or about to go', (error) =>
    expect(words(collect({ error }))).toEqual(['denied']),
  );
  it('is not what merely failed', () => {
    for (const error of ['NoSuchKey', 'KMS.NoSuchKey', 'SlowDown'])
      expect(words(collect({ error }))).toEqual([]);
  });
});

describe('a change that no list knows', () => {
  const management = (eventName: string, requestParameters: TrailRecord, more: TrailRecord = {}) =>
    record({
      eventName,
      readOnly: false,
      managementEvent: true,
      eventCategory: 'Management',
      userIdentity: admin,
      requestParameters,
      ...more,
    });
  const ARN = `arn:aws:s3:eu-west-2:${DWP}:accesspoint/${TO_LEEDS}`;

  it.each<[string, TrailRecord]>([
    [
      'CreateAccessGrantsInstance',
      management('CreateAccessGrantsInstance', { Host: `${DWP}.s3-control.eu-west-2.amazonaws.com` }),
    ],
    [
      'CreateAccessGrant',
      management('CreateAccessGrant', { accessGrantsLocationId: 'default', permission: 'READ' }),
    ],
    [
      'CreateAccessGrantsLocation',
      management('CreateAccessGrantsLocation', { locationScope: `s3://${BUCKET}/*` }),
    ],
    [
      'the same from elsewhere',
      management(
        'CreateAccessGrantsLocation',
        { locationScope: `s3://${BUCKET}/*` },
        { recipientAccountId: STRANGER },
      ),
    ],
    [
      'CreateAccessPointForObjectLambda',
      management(
        'CreateAccessPointForObjectLambda',
        { name: 'x', configuration: { supportingAccessPoint: ARN } },
        { recipientAccountId: STRANGER },
      ),
    ],
    ['PutBucketAbac', management('PutBucketAbac', { bucketName: BUCKET, abac: '' })],
    [
      'CreateBucketMetadataConfiguration',
      management('CreateBucketMetadataConfiguration', { bucketName: BUCKET }),
    ],
    ['a call that AWS has not thought of yet', management('PutBucketMagic', { bucketName: BUCKET })],
    [
      'a setting of the whole account',
      management('PutStorageLensConfiguration', { storageLensConfiguration: {} }),
    ],
    [
      'replication from elsewhere',
      management(
        'PutBucketSync',
        { bucketName: 'other', to: { bucket: `arn:aws:s3:::${BUCKET}` } },
        { recipientAccountId: STRANGER },
      ),
    ],
    [
      'UpdateObjectEncryption',
      { ...read({ by: admin }), eventName: 'UpdateObjectEncryption', readOnly: false },
    ],
    ['PutObjectAcl', { ...read({ by: admin }), eventName: 'PutObjectAcl', readOnly: false }],
    ['RestoreObject', { ...read({ by: owner }), eventName: 'RestoreObject', readOnly: false }],
    ['a key’s tags', onKey('TagResource', { tags: [] })],
    ['an alias of a key', onKey('UpdateAlias', { aliasName: 'alias/x' })],
    ['a key that is made', onKey('CreateKey', {})],
    ['a call of KMS that AWS has not thought of yet', onKey('ShareKey', {})],
  ])('is told of: %s', (_, value) => {
    const told = meaningsOf(value);
    expect(told).toMatchObject([{ kind: 'changed', reasons: [], owner: 'dwp', organisations: ['dwp'] }]);
    expect(told[0]?.resource).toBeTruthy();
    expect(words({ ...value, errorCode: 'AccessDenied' })).toEqual(['denied']);
    expect(words({ ...value, errorCode: 'InvalidRequest' })).toEqual([]);
  });

  it.each<[string, TrailRecord]>([
    ['on another bucket', management('PutBucketMagic', { bucketName: 'other' })],
    ['in an account of no member', management('CreateAccessGrant', {}, { recipientAccountId: STRANGER })],
    ['that only asks', management('GetBucketMagic', { bucketName: BUCKET })],
    ['that the record calls a read', management('PonderBucket', { bucketName: BUCKET }, { readOnly: true })],
    ['on a part of an upload', { ...deposit(), eventName: 'UploadPart' }],
    ['on the beginning of one', { ...deposit(), eventName: 'CreateMultipartUpload' }],
    [
      'on an object elsewhere',
      { ...read({ bucket: 'other', by: admin }), eventName: 'PutObjectAcl', readOnly: false },
    ],
    ['by the use of a key', onKey('ReEncrypt', {})],
    [
      'on a stranger’s key',
      onKey(
        'TagResource',
        {},
        {
          resources: [
            { type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-2:${STRANGER}:key/x`, accountId: STRANGER },
          ],
        },
      ),
    ],
  ])('is none %s', (_, value) => expect(words(value)).toEqual([]));

  it('may be of any name', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(?:Put|Create|Delete|Update|Associate|Start|Apply)[A-Z][a-z]{3,20}$/),
        (name) => {
          expect(words(management(`${name}Zz`, { bucketName: BUCKET }))).toEqual(['changed']);
          expect(words(onKey(`${name}Zz`, {}))).toEqual(['changed']);
        },
      ),
    );
  });
});
