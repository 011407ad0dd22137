/** That an engine which others wrote comes to the same decisions, but for differences that AWS’s own pages settle. */
import { compare } from './compare';
import differences from './differences.json';
import { simulator } from './simulate';

const most = Number(process.env.IAM_DIFFERENTIAL ?? 4_000);
const seed = Number(process.env.IAM_SEED ?? 20_270_401);

it('has no disagreement with iam-simulate that is not explained', async () => {
  const found = await compare(simulator(), {
    seed,
    most,
    milliseconds: most > 4_000 ? 600_000 : 10_000,
  });
  expect({ seed, unexplained: found.unexplained.slice(0, 3) }).toEqual({ seed, unexplained: [] });
  expect(found.asked).toBeGreaterThan(500);
  expect(found.verdicts['allowed / allowed']).toBeGreaterThan(20);
  expect(found.verdicts['explicitly denied / explicitly denied']).toBeGreaterThan(20);
  expect(Object.keys(found.verdicts).filter((each) => each.endsWith('refused'))).toEqual([]);
}, 660_000);

it('names the page that settles each difference', () => {
  for (const { page } of differences) expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});
