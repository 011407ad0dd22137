/** That an access point lets one role of the recipient read one agreement, in its days, and nothing else. */
import fc from 'fast-check';
import { accessPointArn, agreementPrefix } from '../../lib/names/names';
import { accessPointPolicy } from '../../lib/policy/access-point-policy';
import { isLive, type LiveShare, sharesOf } from '../../lib/register/share';
import { anyAccount, anyAgreementId, anyDay, anyOrganisationId } from './arbitraries';
import { decide, type Policy, type Request } from './decision';
import { AS_OF, registerOf } from './sample-register';

const register = registerOf();
const { zone } = register;
const [model] = sharesOf(register, AS_OF).filter(isLive);

/** A share of the sample with random parties, agreement and days. */
const anyShare = fc
  .tuple(anyAgreementId, anyOrganisationId, anyAccount, anyAccount, anyDay, anyDay)
  .filter(([, , owner, recipient]) => owner !== recipient)
  .map(([agreement, recipient, ownerAccount, recipientAccount, one, two]): LiveShare => {
    if (model === undefined) throw new Error('the sample has no live share');
    return {
      ...model,
      id: `0123456789ab--${recipient}`,
      agreement: { ...model.agreement, id: agreement },
      owner: { ...model.owner, account: ownerAccount },
      recipient: { ...model.recipient, id: recipient, account: recipientAccount },
      days: one <= two ? { from: one, until: two } : { from: two, until: one },
    };
  });

/** The moment at which a London clock shows midnight at the start of a day, asked of the time-zone database. */
function londonMidnight(day: string): number {
  const utc = Date.parse(day);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const found = [utc, utc - 3_600_000].find((time) => shown.format(time) === '00');
  if (found === undefined) throw new Error(`London has no midnight on ${day}`);
  return found;
}

const DAY = 86_400_000;
const instant = (time: number) => new Date(time).toISOString();

/** The recipient’s own collect role, getting a clean object on the first day. */
function rightfulGet(share: LiveShare, key = `${agreementPrefix(share.agreement.id)}file.csv`): Request {
  const { account } = share.recipient;
  return {
    action: 's3:GetObject',
    resource: `${accessPointArn(zone, share.owner.account, share.id)}/object/${key}`,
    account,
    context: {
      'aws:PrincipalArn': `arn:aws:iam::${account}:role/concordat/concordat-collect`,
      'aws:CurrentTime': instant(londonMidnight(share.days.from)),
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.3',
      's3:authType': 'REST-HEADER',
      's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
      's3:ExistingObjectTag/concordat-gate': 'released',
    },
  };
}

function rightfulList(share: LiveShare, prefix = agreementPrefix(share.agreement.id)): Request {
  const { context, ...request } = rightfulGet(share);
  const {
    's3:ExistingObjectTag/GuardDutyMalwareScanStatus': _,
    's3:ExistingObjectTag/concordat-gate': __,
    ...withoutTags
  } = context;
  return {
    ...request,
    action: 's3:ListBucket',
    resource: accessPointArn(zone, share.owner.account, share.id),
    context: { ...withoutTags, 's3:prefix': prefix },
  };
}

const withContext = (request: Request, context: Record<string, string>): Request => ({
  ...request,
  context: { ...request.context, ...context },
});
const without = (request: Request, key: string): Request => ({
  ...request,
  context: Object.fromEntries(Object.entries(request.context).filter(([name]) => name !== key)),
});

/** Holds for any share: the judgement on a request made from it. */
function always(expected: 'allow' | 'none', requestsOf: (share: LiveShare) => Request[]): void {
  fc.assert(
    fc.property(anyShare, (share) => {
      const policy = accessPointPolicy(zone, share) as Policy;
      for (const request of requestsOf(share))
        expect([request, decide(policy, request)]).toEqual([request, expected]);
    }),
    { numRuns: 60 },
  );
}

const withLinks = (share: LiveShare, presignedUrls: 'allowed' | 'denied' | undefined): LiveShare => ({
  ...share,
  agreement: { ...share.agreement, delivery: { ...share.agreement.delivery, presignedUrls } },
});

const both = (share: LiveShare) => [rightfulGet(share), rightfulList(share)];

describe('the recipient’s collect role', () => {
  it('may get and list the agreement’s objects from the first midnight in London to the last moment of the last day', () => {
    always('allow', (share) => {
      const last = instant(londonMidnight(nextDay(share.days.until)) - 1000);
      return [...both(share), ...both(share).map((each) => withContext(each, { 'aws:CurrentTime': last }))];
    });
  });

  it('may do neither a second before the first day nor once the last day is over', () => {
    always('none', (share) => {
      const before = instant(londonMidnight(share.days.from) - 1000);
      const after = instant(londonMidnight(nextDay(share.days.until)));
      return both(share).flatMap((each) => [
        withContext(each, { 'aws:CurrentTime': before }),
        withContext(each, { 'aws:CurrentTime': after }),
      ]);
    });
  });

  it('may not get an object that is not clean, or not scanned', () => {
    const tag = 's3:ExistingObjectTag/GuardDutyMalwareScanStatus';
    always('none', (share) => [
      ...['THREATS_FOUND', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED', 'no_threats_found'].map((verdict) =>
        withContext(rightfulGet(share), { [tag]: verdict }),
      ),
      without(rightfulGet(share), tag),
    ]);
  });

  it('may not get an object before the gate has released it, nor one that it rejected', () => {
    const tag = 's3:ExistingObjectTag/concordat-gate';
    always('none', (share) => [
      ...['rejected', 'Released', 'yes'].map((decision) =>
        withContext(rightfulGet(share), { [tag]: decision }),
      ),
      without(rightfulGet(share), tag),
    ]);
  });

  it('may not reach beyond the agreement', () => {
    always('none', (share) => {
      const { id } = share.agreement;
      return [
        rightfulGet(share, `agreements/${id}-other/file.csv`),
        rightfulGet(share, `agreements/other-${id}/file.csv`),
        rightfulGet(share, `agreements/${id}`),
        rightfulGet(share, 'file.csv'),
        rightfulList(share, ''),
        rightfulList(share, 'agreements/'),
        rightfulList(share, `agreements/${id}`),
        rightfulList(share, `agreements/${id}-other/`),
        without(rightfulList(share), 's3:prefix'),
      ];
    });
  });

  it('may not read without TLS, or over TLS below 1.2', () => {
    always('none', (share) =>
      both(share).flatMap((each) => [
        withContext(each, { 'aws:SecureTransport': 'false' }),
        withContext(each, { 's3:TlsVersion': '1.1' }),
        without(each, 's3:TlsVersion'),
      ]),
    );
  });

  it('may not read by a link or a form, which work for whoever holds them, nor where S3 does not say how it is signed', () => {
    always('none', (share) =>
      both(withLinks(share, 'denied')).flatMap((each) => [
        withContext(each, { 's3:authType': 'REST-QUERY-STRING' }),
        withContext(each, { 's3:authType': 'POST' }),
        without(each, 's3:authType'),
      ]),
    );
  });

  it('may read by a link that it has signed where the agreement allows it, and by nothing else that it could not', () => {
    const readsBy = (share: LiveShare, links: 'allowed' | 'denied' | undefined) => {
      const policy = accessPointPolicy(zone, withLinks(share, links)) as Policy;
      return both(share).flatMap((each) =>
        ['REST-HEADER', 'REST-QUERY-STRING'].flatMap((type) => {
          const request = withContext(each, { 's3:authType': type });
          return [request, withContext(request, { 'aws:SecureTransport': 'false' })].map((asked) =>
            decide(policy, asked),
          );
        }),
      );
    };
    const [byHeader, byLink] = [
      ['allow', 'none', 'none', 'none'],
      ['allow', 'none', 'allow', 'none'],
    ];
    fc.assert(
      fc.property(anyShare, (share) => {
        expect(readsBy(share, undefined)).toEqual([...byHeader, ...byHeader]);
        expect(readsBy(share, 'denied')).toEqual([...byHeader, ...byHeader]);
        expect(readsBy(share, 'allowed')).toEqual([...byLink, ...byLink]);
      }),
      { numRuns: 30 },
    );
  });

  it('may not write, delete, tag, or read old versions', () => {
    always('none', (share) =>
      [
        's3:PutObject',
        's3:DeleteObject',
        's3:PutObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectTagging',
        's3:ListBucketVersions',
        's3:ListBucketMultipartUploads',
      ].map((action) => ({ ...rightfulGet(share), action })),
    );
  });
});

describe('anybody else', () => {
  it('may not read: another role of the recipient, its people, the owner, a stranger', () => {
    always('none', (share) => {
      const { account } = share.recipient;
      const owner = share.owner.account;
      return both(share).flatMap((each) => [
        withContext(each, { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/concordat-collect` }),
        withContext(each, { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/admin` }),
        withContext(each, { 'aws:PrincipalArn': `arn:aws:iam::${account}:root` }),
        { ...each, account: owner },
        {
          ...withContext(each, {
            'aws:PrincipalArn': `arn:aws:iam::${owner}:role/concordat/concordat-collect`,
          }),
          account: owner,
        },
      ]);
    });
  });
});

describe('the policy', () => {
  it('says two things, each named by recipient and agreement', () => {
    fc.assert(
      fc.property(anyShare, (share) => {
        const sids = accessPointPolicy(zone, share).Statement.map((each) => each.Sid);
        expect(sids).toHaveLength(2);
        for (const sid of sids) {
          expect(sid.toLowerCase()).toContain(share.agreement.id.replaceAll('-', ''));
          expect(sid.toLowerCase()).toContain(share.recipient.id.replaceAll('-', ''));
        }
      }),
    );
  });
});

function nextDay(day: string): string {
  return instant(Date.parse(day) + DAY).slice(0, 10);
}
