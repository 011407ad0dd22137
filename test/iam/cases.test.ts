/** That the engine decides as AWS’s documentation says, case by case, each with its page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Decision, decide, type Verdict } from '../../lib/iam/decide';
import { why } from '../../lib/iam/why';
import { environmentIn, requestIn, type Scenario } from './scenario';

interface Case extends Scenario {
  readonly name: string;
  readonly page: string;
  readonly verdict: Verdict;
}

const FOLDER = join(__dirname, 'cases');
const files = readdirSync(FOLDER).map(
  (name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Case[]] as const,
);
const all = files.flatMap(([, cases]) => cases);

describe.each(files)('%s', (_file, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    const decision = decide(requestIn(each), environmentIn(each));
    expect([decision.verdict, each.page, why(decision)]).toEqual([
      each.verdict,
      each.page,
      expect.anything(),
    ]);
    expect(reasonsOf(decision)).toBeGreaterThan(each.request.caller.type === 'root' ? -1 : 0);
  });
});

/** Each verdict has reasons of its own kind, and none of another. */
function reasonsOf({ verdict, by, missing, doubts }: Decision): number {
  const which = { allowed: by, 'explicitly denied': by, 'implicitly denied': missing, 'not judged': doubts };
  expect(by.length + missing.length + doubts.length).toBe(which[verdict].length);
  return which[verdict].length;
}

it('has a hundred cases and more, each with a page of AWS', () => {
  expect(all.length).toBeGreaterThanOrEqual(100);
  for (const { page } of all) expect(page).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|repost\.aws)\//);
});
