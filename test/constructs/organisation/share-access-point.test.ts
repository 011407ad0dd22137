/** That access follows from agreements, exactly: one access point for each live share, and none without one. */
import { dateOf, endOfDay, startOfDay } from '../../../lib/register/calendar';
import { isLive, type LiveShare, sharesOf } from '../../../lib/register/share';
import { listed } from '../../policy/decision';
import { AS_OF, registerOf } from '../../policy/sample-register';
import { SAMPLE } from '../../register/samples';
import { ofType, type Sample, synthesised } from '../../stacks/sample-assembly';
import { policyOf } from '../../stacks/template-policies';

const register = registerOf();
const shares = sharesOf(register, AS_OF);
const live = shares.filter(isLive);

/** Cardiff is paused on this day. */
const DURING_A_PAUSE = dateOf('2026-12-20');

let sample: Sample;
let pausing: Sample;
beforeAll(() => {
  sample = synthesised();
  pausing = synthesised({ asOf: DURING_A_PAUSE });
});

const namesIn = ({ stacks }: Sample) =>
  stacks.flatMap((stack) => ofType(stack, 'AWS::S3::AccessPoint').map((each) => each.Properties?.Name));

const accessPoints = () =>
  sample.stacks.flatMap((stack) =>
    ofType(stack, 'AWS::S3::AccessPoint').map((resource) => ({ stack, resource, ...resource.Properties })),
  ) as ({ stack: Sample['stacks'][number]; resource: ReturnType<typeof ofType>[number] } & Record<
    string,
    unknown
  >)[];

const accessPointOf = ({ id }: LiveShare) => {
  const found = accessPoints().find(({ Name }) => Name === id);
  if (found === undefined) throw new Error(`there is no access point ${id}`);
  return found;
};

it('is there for every live share, in the owner’s account, and there is no other', () => {
  const expected = live.map(({ id, owner }) => `${owner.account} ${id}`);
  const found = accessPoints().map(({ stack, Name }) => `${stack.account} ${Name}`);
  expect(found.sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(10);
});

it.each([
  ['ended', AS_OF],
  ['suspended', AS_OF],
  ['paused', DURING_A_PAUSE],
])('is not there for a share that is %s', (state, asOf) => {
  const gone = sharesOf(registerOf(SAMPLE, asOf), asOf).filter((share) => share.state === state);
  expect(gone.length).toBeGreaterThan(0);
  const names = namesIn(asOf === AS_OF ? sample : pausing);
  for (const { id } of gone) expect(names).not.toContain(id);
});

describe.each(live.map((share) => [share.recipient.id, share.agreement.id, share] as const))(
  'the access point of %s under %s',
  (_recipient, _agreement, share) => {
    const { agreement, owner, recipient, days } = share;

    it('lets the recipient’s collect role alone get and list exactly the agreement’s objects in its days over TLS 1.2', () => {
      const arn = `arn:aws:s3:eu-west-2:${owner.account}:accesspoint/${share.id}`;
      const { Statement } = policyOf(accessPointOf(share).resource, 'Policy');
      const common = {
        ArnEquals: {
          'aws:PrincipalArn': `arn:aws:iam::${recipient.account}:role/concordat/concordat-collect`,
        },
        DateGreaterThanEquals: { 'aws:CurrentTime': startOfDay(days.from) },
        DateLessThan: { 'aws:CurrentTime': endOfDay(days.until) },
        Bool: { 'aws:SecureTransport': 'true' },
        NumericGreaterThanEquals: { 's3:TlsVersion': '1.2' },
      };
      expect(Statement.map(({ Sid: _, ...rest }) => rest)).toEqual([
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${recipient.account}:root` },
          Action: ['s3:GetObject'],
          Resource: `${arn}/object/agreements/${agreement.id}/*`,
          Condition: {
            ...common,
            StringEquals: {
              's3:authType': 'REST-HEADER',
              's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
              's3:ExistingObjectTag/concordat-gate': 'released',
            },
          },
        },
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${recipient.account}:root` },
          Action: ['s3:ListBucket'],
          Resource: arn,
          // A condition on tags would deny every listing.
          Condition: {
            ...common,
            StringEquals: { 's3:authType': 'REST-HEADER' },
            StringLike: { 's3:prefix': `agreements/${agreement.id}/*` },
          },
        },
      ]);
    });

    it('lies on the owner’s bucket and blocks public access', () => {
      expect(accessPointOf(share)).toMatchObject({
        Bucket: `concordat-exchange-${owner.account}-eu-west-2-an`,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    });

    it('says in its metadata which line of which file it comes from', () => {
      const { Concordat } = accessPointOf(share).resource.Metadata as { Concordat: Record<string, string> };
      expect(Concordat).toMatchObject({
        agreement: agreement.id,
        owner: owner.id,
        recipient: recipient.id,
        ...days,
      });
      const [file, line] = listed(Concordat.source?.split(':'));
      const text = SAMPLE.find(({ path }) => path === file)?.bytes ?? new Uint8Array();
      const lines = Buffer.from(text).toString('utf8').split('\n');
      expect(lines[Number(line) - 1]).toBe(`id: ${agreement.id}`);
    });
  },
);
