/** That the names of one organisation’s things cannot be taken for those of another. */
import fc from 'fast-check';
import {
  accessPointArn,
  accessPointsFor,
  agreementPrefix,
  anyAccessPoint,
  bucketName,
  roleArn,
} from '../../lib/names/names';
import type { OrganisationId } from '../../lib/register/schema/organisation';
import { organisationId } from '../../lib/register/schema/scalars';
import type { Zone } from '../../lib/register/schema/zone';
import { agreementHash } from '../../lib/register/share';
import { anyAccount, anyAgreementId, anyOrganisationId } from '../policy/arbitraries';
import { iamMatches } from '../policy/iam-glob';
import { registerOf } from '../policy/sample-register';

const { zone } = registerOf();

/** Two ids that differ; often one is the end or the beginning of the other, as `leeds` and `x-leeds` are. */
const twoIds = fc
  .tuple(anyOrganisationId, anyOrganisationId, fc.constantFrom('other', 'prefixed', 'suffixed', 'joined'))
  .map(([one, two, how]): [OrganisationId, OrganisationId] => {
    const related = { other: two, prefixed: `x-${one}`, suffixed: `${one}-x`, joined: `${two}-${one}` }[how];
    const parsed = organisationId.safeParse(related);
    return [one, parsed.success ? parsed.data : two];
  })
  .filter(([one, two]) => one !== two);

describe('the access points that a collect role may use', () => {
  it('are all those made for its organisation', () => {
    fc.assert(
      fc.property(anyOrganisationId, anyAgreementId, anyAccount, (id, agreement, owner) => {
        const accessPoint = accessPointArn(zone, owner, `${agreementHash(agreement)}--${id}`);
        return iamMatches(accessPointsFor(zone, id), accessPoint);
      }),
    );
  });

  it('are never those made for another organisation, whatever its id', () => {
    fc.assert(
      fc.property(twoIds, anyAgreementId, anyAccount, ([ours, theirs], agreement, owner) => {
        const accessPoint = accessPointArn(zone, owner, `${agreementHash(agreement)}--${theirs}`);
        const pattern = accessPointsFor(zone, ours);
        return (
          !iamMatches(pattern, accessPoint) &&
          !iamMatches(`${pattern}/object/agreements/*`, `${accessPoint}/object/agreements/x/file.csv`)
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['leeds', 'x-leeds'],
    ['leeds', 'leeds-hospitals'],
    ['east-surrey', 'surrey'],
    ['surrey', 'east-surrey'],
  ])('of %s are not those of %s', (ours, theirs) => {
    const accessPoint = accessPointArn(zone, '*', `0123456789ab--${theirs}`);
    expect(iamMatches(accessPointsFor(zone, organisationId.parse(ours)), accessPoint)).toBe(false);
  });

  it('would not be told apart if ids could hold two hyphens, so none can', () => {
    expect(organisationId.safeParse('x--leeds').success).toBe(false);
  });
});

describe('the access points that a bucket delegates to', () => {
  it('are those of every share in its own account, and none in another account or of another form', () => {
    fc.assert(
      fc.property(anyAccount, anyAccount, anyAgreementId, anyOrganisationId, (own, other, agreement, id) => {
        fc.pre(own !== other);
        const name = `${agreementHash(agreement)}--${id}`;
        const pattern = anyAccessPoint(zone, own);
        return (
          iamMatches(pattern, accessPointArn(zone, own, name)) &&
          !iamMatches(pattern, accessPointArn(zone, other, name)) &&
          !iamMatches(pattern, accessPointArn(zone, own, `open-to-all-${id}`))
        );
      }),
    );
  });
});

describe('names', () => {
  it('of access points fit into the 50 characters that S3 takes', () => {
    fc.assert(
      fc.property(anyAgreementId, anyOrganisationId, (agreement, id) =>
        /^[a-z0-9](?:[a-z0-9-]{1,48})[a-z0-9]$/.test(`${agreementHash(agreement)}--${id}`),
      ),
    );
  });

  it('of buckets fit into the 63 characters that S3 takes, with the longest prefix that a zone may have', () => {
    const longest: Zone = { ...zone, namePrefix: 'x'.repeat(20) };
    fc.assert(fc.property(anyAccount, (account) => /^[a-z0-9-]{3,63}$/.test(bucketName(longest, account))));
  });

  it('hold no name or id of an organisation, but for the access point’s recipient', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        expect(bucketName(zone, account)).toBe(`${zone.namePrefix}-exchange-${account}-eu-west-2-an`);
        expect(roleArn(account, 'collect')).toBe(`arn:aws:iam::${account}:role/concordat/concordat-collect`);
      }),
    );
  });

  it('of agreements make prefixes of which none begins another', () => {
    fc.assert(
      fc.property(anyAgreementId, anyAgreementId, (one, two) => {
        fc.pre(one !== two);
        return !agreementPrefix(`${one}${two}`).startsWith(agreementPrefix(one));
      }),
    );
    expect(agreementPrefix('housing-benefit-awards').startsWith(agreementPrefix('housing-benefit'))).toBe(
      false,
    );
  });
});
