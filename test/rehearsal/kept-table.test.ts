/** That the rehearsal can make a table that keeps each contract of the sample register, and that the other breaks it. */
import { checkFile, gssLookup } from '../../lib/contracts';
import { contractPlansOf } from '../../lib/register';
import { brokenTable, keptTable } from '../../lib/rehearsal/scenario/kept-table';
import { registerOf } from '../policy/sample-register';

const PLANS = [...contractPlansOf(registerOf())];

it.each(PLANS)('for the contract %s', async (_, plan) => {
  const kept = (await keptTable(plan)) ?? '';
  const result = async (text: string) => {
    const bytes = Buffer.from(text);
    const source = {
      bytes: bytes.length,
      async *read() {
        yield bytes;
      },
    };
    const checked = await checkFile(plan, 'csv', source, { largest: 1_000_000, gss: gssLookup });
    return checked.kind === 'done' ? checked.outcome.result : 'paused';
  };
  expect([await result(kept), await result(brokenTable(kept))]).toEqual(['passed', 'failed']);
});
