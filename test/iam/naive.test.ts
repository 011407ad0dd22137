/** That the compiled engine says what the rules say when they are read out one by one. */
import fc from 'fast-check';
import { decide } from '../../lib/iam/decide';
import { scenario } from './arbitrary';
import { naiveVerdict } from './naive';
import { environmentIn, requestIn } from './scenario';

it('decides as a literal reading of the rules does, wherever it judges', () => {
  const seen = { allowed: 0, 'explicitly denied': 0, 'implicitly denied': 0, 'not judged': 0 };
  fc.assert(
    fc.property(scenario, (each) => {
      const { verdict } = decide(requestIn(each), environmentIn(each));
      seen[verdict]++;
      if (verdict === 'not judged') return;
      const naive = naiveVerdict(each);
      // Behind an access point, and with NotPrincipal, some denies are not certain; a denial it stays.
      const isUncertain =
        each.request.accessPoint !== undefined ||
        JSON.stringify(each).includes('NotPrincipal') ||
        // Whether a negated operator holds of what has another form, AWS does not say.
        /(?:Arn|Numeric)Not/.test(JSON.stringify(each));
      const isDenied = isUncertain && naive === 'explicitly denied' && verdict === 'implicitly denied';
      expect(isDenied ? verdict : naive).toBe(verdict);
    }),
    { numRuns: Number(process.env.IAM_RUNS ?? 4_000) },
  );
  for (const verdict of ['allowed', 'explicitly denied', 'implicitly denied'] as const)
    expect(seen[verdict]).toBeGreaterThan(50);
});
