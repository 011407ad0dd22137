/**
 * Which mutants differ in names alone: the same change of a policy that is the same once each name is replaced by the order in
 * which it first comes up. What becomes of one becomes of all, as docs/proof.md says of owners that differ in names alone.
 */
import { type Assembly, jsonIn, registerFactsOf } from '../../lib/assembly';
import { REGISTER_FILE } from '../../lib/wire';
import type { AnyMutant } from './every-mutant';

/** Of these, agreements say nothing. */
const OF_SERVICES: ReadonlySet<string> = new Set(['queue', 'topic']);

/** Tells of each mutant which others it is like: those with the same text. One that is no change of a policy is like no other. */
export function likenessIn(source: Assembly): (mutant: AnyMutant, number: number) => string {
  const { organisations, agreements } = registerFactsOf(jsonIn(source, REGISTER_FILE), source.folder);
  const roles = organisations.flatMap((each) =>
    [each.mayCollect, each.mayDeposit, each.mayStop, each.mayLift].flatMap((all) => all ?? []),
  );
  const names = [
    ...roles.map((arn) => arn.replace(/^arn:aws:iam::\d{12}:/, '')),
    ...agreements.map(({ id }) => id),
    ...organisations.flatMap(({ id, account }) => [account, id]),
  ].sort((a, b) => b.length - a.length);
  // A Sid holds names too, run together.
  const inSids = [...agreements.map(({ id }) => id), ...organisations.map(({ id }) => id)].map((id) =>
    id
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
  );
  inSids.sort((a, b) => b.length - a.length);
  const quoted = (all: readonly string[]) => [...new Set(all)].map((each) => each.replace(/[/+.]/g, '\\$&'));
  const pattern = new RegExp(
    `(?<![a-z0-9])(?:${quoted(names).join('|')})(?![a-z0-9])|${quoted(inSids).join('|')}|[0-9a-f]{12}(?=--)|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z`,
    'g',
  );
  const nameless = (text: string) => {
    const order = new Map<string, number>();
    return text.replace(pattern, (name) => {
      if (!order.has(name)) order.set(name, order.size);
      return `<${order.get(name)}>`;
    });
  };
  const about = new Map(
    organisations.map((each) => [
      each.account,
      [
        each.membership,
        agreements.some(({ directions }) => directions.some(({ owner }) => owner === each.id)),
        each.signIn !== undefined,
      ].join(),
    ]),
  );
  return (mutant, number) => {
    if (!('policy' in mutant)) return `${number}`;
    const { sort, stack, document, path } = mutant.policy;
    const whose = OF_SERVICES.has(sort) ? about.has(stack.account) : about.get(stack.account);
    return `${sort} ${whose ?? stack.account} ${nameless(JSON.stringify([path, document, mutant.document]))}`;
  };
}
