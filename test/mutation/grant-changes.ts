/** Every small change of a list of grants. */
import { STRANGER } from './json-statement';

interface Share {
  readonly share: string;
  readonly agreement: string;
  readonly grantee: string;
  readonly from: string;
  readonly until: string;
  readonly accessPoint: string;
}

/** A list, as far as it is changed. */
export interface GrantList {
  readonly form: string;
  readonly key: { readonly account: string; readonly bucketArn: string };
  readonly shares: readonly Share[];
}

type Changed = readonly [how: string, list: Readonly<Record<string, unknown>>];

/** Every change. @param neighbour the account of an organisation that the list does not speak of */
export function grantListChanges(list: GrantList, neighbour: string): Changed[] {
  const put = (how: string, changed: Readonly<Record<string, unknown>>): Changed => [
    how,
    { ...list, ...changed },
  ];
  const added = (how: string, grantee: string): Changed => {
    const share = {
      share: 'ffffffffffff--stranger',
      agreement: 'stranger',
      grantee,
      from: '2026-12-01T00:00:00Z',
      until: '2027-12-01T00:00:00Z',
      accessPoint: `arn:aws:s3:eu-west-2:${list.key.account}:accesspoint/ffffffffffff--stranger`,
    };
    return put(how, { shares: [...list.shares, share] });
  };
  const collect = (account: string) => `arn:aws:iam::${account}:role/concordat/concordat-collect`;
  return [
    added('one more for a stranger', collect(STRANGER)),
    added('one more for a neighbour', collect(neighbour)),
    added('one more for another role', `arn:aws:iam::${list.key.account}:role/administrator`),
    put('another form', { form: 'concordat-grants/v2' }),
    put('another bucket', { key: { ...list.key, bucketArn: 'arn:aws:s3:::bucket-of-a-stranger' } }),
    ...list.shares.flatMap((share, index): Changed[] => {
      const swap = (how: string, changed: Partial<Share>) =>
        put(`${share.share} ${how}`, { shares: list.shares.toSpliced(index, 1, { ...share, ...changed }) });
      return [
        put(`${share.share} dropped`, { shares: list.shares.toSpliced(index, 1) }),
        put(`${share.share} twice`, { shares: list.shares.toSpliced(index, 0, share) }),
        swap('for a neighbour', { grantee: collect(neighbour) }),
        swap('for a stranger', { grantee: collect(STRANGER) }),
        swap('for another role', { grantee: share.grantee.replace('concordat-collect', 'anybody') }),
        ...[-86_400_000, -1000, 1000, 86_400_000].flatMap((step) => {
          const beside = (instant: string) =>
            `${new Date(Date.parse(instant) + step).toISOString().slice(0, 19)}Z`;
          const words = `${Math.abs(step) / 1000} s ${step < 0 ? 'sooner' : 'later'}`;
          return [
            swap(`from ${words}`, { from: beside(share.from) }),
            swap(`until ${words}`, { until: beside(share.until) }),
          ];
        }),
        swap('under another agreement', { agreement: 'stranger' }),
      ];
    }),
  ];
}
