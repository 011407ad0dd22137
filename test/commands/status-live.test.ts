/** `concordat status --live`, run as it is typed, with accounts that stand still. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusCommand } from '../../lib/commands/rollout/status';
import { EXIT } from '../../lib/commands/terminal';
import type { Lookout, SeenAccount } from '../../lib/rollout';
import { parseRolloutRow, runsOfText } from '../../lib/wire';
import { type Edit, edited, replace, SAMPLE, set } from '../register/samples';
import { ENGINE_ACCOUNT, withEngine } from '../stacks/rollout/engine-setting';
import { answering, folderWithRegister, type Given } from './captured-terminal';

const yaml = new TextDecoder().decode(SAMPLE.find(({ path }) => path === 'zone.yaml')?.bytes);
const folder = folderWithRegister(edited(SAMPLE, replace('zone.yaml', yaml, withEngine(yaml))));
const TEMPLATE = '1'.repeat(64);
const LEEDS = '100000000022';
const row = parseRolloutRow({
  stack: 'Organisation-leeds',
  account: LEEDS,
  order: 'c'.repeat(64),
  at: '2027-04-02T16:00:00.000Z',
  standing: 'through',
  runs: 'after',
  found: 'no',
  why: '[]',
  before: '',
  after: runsOfText({ register: 'b'.repeat(64), asOf: '2027-04-01', template: TEMPLATE }),
});
const leeds = (template: string): SeenAccount => ({
  stacks: [{ stack: row.stack, status: 'UPDATE_COMPLETE', isProtected: true, template }],
  alarms: [],
});

/** The command over accounts of which all but Leeds’s are empty. */
function live(
  given: Given,
  seen: SeenAccount | Error,
  rows: Lookout['rows'] = async () => [row],
  register = folder,
) {
  const asked: string[] = [];
  const command = statusCommand((region, engine) => {
    asked.push(`${region} ${engine}`);
    return {
      rows,
      account: async (account, stacks, drift) => {
        if (account !== LEEDS) return { stacks: [], alarms: [] };
        asked.push(`${stacks.join()} ${drift}`);
        if (seen instanceof Error) throw seen;
        return seen;
      },
    };
  });
  return answering(command, register, { live: true, ...given }, []).then((outcome) => ({
    ...outcome,
    asked,
  }));
}

it('asks the table of the engine and every account, and has nothing to say where all is as it was left', async () => {
  const { code, out, err, asked } = await live({}, leeds(TEMPLATE));
  expect([code, asked]).toEqual([EXIT.clean, [`eu-west-2 ${ENGINE_ACCOUNT}`, 'Organisation-leeds known']]);
  expect(out).toMatch(/To look at\n-+\n\nNothing\.\n/);
  expect(err).toMatch(/^Asking \d+ accounts\.\n$/);
});

it('notices what was deployed by hand, as text, as JSON and as a page', async () => {
  const { code, out, err } = await live({ page: 'status.html' }, leeds('9'.repeat(64)));
  expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('status.html has the same as a page')]);
  expect(out).toMatch(/Organisation-leeds runs what no rollout deployed: somebody\s+deployed it by hand/);
  expect(readFileSync(join(folder, 'status.html'), 'utf8')).toContain('somebody deployed it by hand');
  const json = JSON.parse((await live({ json: true }, leeds('9'.repeat(64)))).out);
  expect(json).toMatchObject({ schema: 'concordat-fleet-status/v1', newest: { register: 'b'.repeat(64) } });
  expect(JSON.stringify(json)).toContain('"kind":"by-hand"');
});

it('asks nobody where the page was changed by somebody: what takes minutes would be for nothing', async () => {
  writeFileSync(join(folder, 'noted.html'), '<p>Asked Leeds, see mail.');
  const rows = jest.fn(async () => [row]);
  const asked = live({ page: 'noted.html' }, leeds(TEMPLATE), rows);
  await expect(asked).rejects.toThrow('noted.html is not as it was written');
  expect(rows).not.toHaveBeenCalled();
});

it('has CloudFormation look for drift where it is asked to', async () => {
  const { asked } = await live({ drift: true }, leeds(TEMPLATE));
  expect(asked).toContain('Organisation-leeds anew');
});

it('tells of an account that cannot be asked, and of all others', async () => {
  const { code, out } = await live({}, new Error('not authorised'));
  expect(code).toBe(EXIT.findings);
  expect(out).toMatch(/100000000022: it could not be asked \(Error: not authorised\)/);
});

it('finds no fault in an account that cannot be asked once its organisation has left for good, wound up too', async () => {
  const alone: Edit = (files) => {
    for (const path of [...files.keys()]) if (/^(?:agreements|approvals)\//.test(path)) files.delete(path);
  };
  const departure = { leaves: '2027-03-31', windsUp: '2027-06-30' };
  const departed = folderWithRegister(
    edited(
      SAMPLE,
      replace('zone.yaml', yaml, withEngine(yaml)),
      alone,
      set('organisations/leeds.yaml', departure),
    ),
  );
  const on = (asOf: string) =>
    live({ 'as-of': asOf }, new Error('not authorised'), async () => [row], departed);
  const [windingUp, over] = [await on('2027-06-30'), await on('2027-07-01')];
  expect([windingUp.code, over.code]).toEqual([EXIT.findings, EXIT.clean]);
  expect(over.out).toMatch(/its organisation\s+has\s+left,\s+and\s+it\s+may\s+be\s+closed/);
});

it('says whose credentials the table needs, and which line of it no rollout wrote', async () => {
  const refused = await live({}, leeds(TEMPLATE), async () => {
    throw Object.assign(new Error('no'), { name: 'AccessDenied' });
  });
  expect([refused.code, refused.out]).toEqual([EXIT.unfinished, '']);
  expect(refused.err).toMatch(/Sign in as one of arn:aws:iam::100000000003:role\/operations\/watcher/);
  const odd = await live({}, leeds(TEMPLATE), async () => [parseRolloutRow({ stack: 'Zone' })]);
  expect([odd.code, odd.out]).toEqual([EXIT.faultyInput, '']);
  expect(odd.err).toContain('the line of Zone in the engine’s table');
});

it('asks nothing where the register declares nobody who watches, or --live is not given', async () => {
  const command = statusCommand(() => {
    throw new Error('asked');
  });
  await expect(answering(command, folderWithRegister(), { live: true }, [])).rejects.toThrow(
    'zone.yaml declares nobody who watches',
  );
  await expect(answering(command, folder, { drift: true }, [])).rejects.toThrow('go with --live');
});
