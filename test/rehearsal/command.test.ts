/** What `concordat rehearse` takes, what it says, and how it ends; and what is said where Python is missing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/commands/main';
import { EXIT } from '../../lib/commands/terminal';
import { rehearseCommand } from '../../lib/commands/trials/rehearse';
import { pythonIn } from '../../lib/rehearsal/endpoint/python';
import { RehearsalError } from '../../lib/rehearsal/errors';
import type { RehearsalOrder } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult, StepResult } from '../../lib/rehearsal/result';
import { emptyFolder, type Given, run, typed } from '../commands/captured-terminal';

const STEP: StepResult = {
  step: 'dwp deposits a clean file',
  expected: 'allowed',
  seen: 'allowed',
  decidedBy: 'simulation and endpoint',
  passed: true,
  why: [],
};
const RESULT: RehearsalResult = {
  schema: 'concordat-rehearsal/v1',
  asOf: '2027-04-01',
  endpoint: 'here',
  agreement: 'a',
  owner: 'dwp',
  recipient: 'leeds',
  third: 'camden',
  steps: [STEP],
  properties: [],
  types: [],
  settings: [],
  played: [],
  leftOut: [],
  unjudged: [],
};

const neverLive = async () => {
  throw new Error('not live');
};

async function performed(result: RehearsalResult | Error, values: Given = {}) {
  const written = { out: '', err: '' };
  const orders: RehearsalOrder[] = [];
  const command = rehearseCommand(async (order) => {
    orders.push(order);
    if (result instanceof Error) throw result;
    return result;
  }, neverLive);
  const code = await command.call(typed(command, values), {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour: false,
    cwd: '/zone',
  });
  return { code, orders, ...written };
}

it('exits 0 where every step came out as expected, and shows the table', async () => {
  const { code, out, err, orders } = await performed(RESULT);
  expect(code).toBe(EXIT.clean);
  expect(out).toMatch(/ok {4}dwp deposits a clean file {2}allowed {3}the same {2}simulation and endpoint/);
  expect(err).toContain('Rehearsed: 1 step, each as expected.');
  expect(orders).toMatchObject([
    { assembly: '/zone/cdk.out', venv: '/zone/.venv', keep: false, endpoint: undefined },
  ]);
});

it('takes an assembly of a later day, but not with --live, where no day passes', async () => {
  const { orders } = await performed(RESULT, { later: 'later' });
  expect(orders).toMatchObject([{ later: '/zone/later' }]);
  const { code, err } = await run(['rehearse', '--live', '--later', 'later'], emptyFolder());
  expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('--later does not go with --live')]);
});

it('exits 1 where a step did not, and names it and why', async () => {
  const step = { ...STEP, seen: 'refused', passed: false, why: ['no yes from grant'] };
  const { code, out, err } = await performed({ ...RESULT, steps: [step] });
  expect(code).toBe(EXIT.findings);
  expect(out).toContain('NOT   dwp deposits a clean file  allowed   refused');
  expect(out).toContain('no yes from grant');
  expect(err).toContain('the first: dwp deposits a clean file');
});

it('exits 1 where a property is not as the template says', async () => {
  const properties = [
    {
      stack: 'Zone',
      resource: 'Key',
      type: 'AWS::KMS::Key',
      property: 'policy',
      outcome: 'differs',
      expected: '{}',
      seen: '[]',
    },
  ] as const;
  const { code, out } = await performed({ ...RESULT, properties });
  expect(code).toBe(EXIT.findings);
  expect(out).toContain('Zone/Key: policy: expected {}, seen []');
});

it('writes JSON that holds it all', async () => {
  const { out } = await performed(RESULT, { json: true });
  expect(JSON.parse(out)).toEqual(RESULT);
});

it('exits 3 with one sentence where something is missing', async () => {
  const { code, out, err } = await performed(new RehearsalError('there is no Python: install it'));
  expect([code, out, err]).toEqual([EXIT.faultyInput, '', 'error: there is no Python: install it\n']);
});

it('takes its signal handlers away again', async () => {
  const before = process.listenerCount('SIGINT');
  await performed(RESULT);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

it.each(['https://s3.eu-west-2.amazonaws.com', 'http://10.0.0.1:4566', 'nonsense'])(
  'refuses the endpoint %s, which is not on this machine',
  async (endpoint) => {
    const { code, err } = await run(['rehearse', '--endpoint', endpoint], emptyFolder());
    expect(code).toBe(EXIT.usage);
    expect(err).toContain('--endpoint takes an address of this machine');
  },
);

it('exits 3 where there is no assembly', async () => {
  const { code, err } = await run(['rehearse'], emptyFolder());
  expect([code, err]).toEqual([EXIT.faultyInput, expect.stringContaining('there is no manifest.json')]);
});

describe('without Python', () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  it('says in one sentence what to install, and how to do without', async () => {
    process.env.PATH = emptyFolder();
    const python = pythonIn(join(emptyFolder(), '.venv'), new AbortController().signal, () => undefined);
    await expect(python).rejects.toThrow(
      /needs Python 3\.11.*which is not installed: install one, or name an endpoint that runs already with --endpoint URL$/,
    );
  });

  it('says so of a Python that is too old', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho 3.9\n', { mode: 0o755 });
    process.env.PATH = folder;
    const python = pythonIn(join(emptyFolder(), '.venv'), new AbortController().signal, () => undefined);
    await expect(python).rejects.toThrow('which is not installed');
  });

  it('never touches an environment of somebody else', async () => {
    const venv = join(emptyFolder(), '.venv');
    mkdirSync(venv);
    await expect(pythonIn(venv, new AbortController().signal, () => undefined)).rejects.toThrow(
      'did not make',
    );
  });
});

it('shows its help', async () => {
  let out = '';
  expect(
    await main(['rehearse', '--help'], {
      out: (text) => {
        out += text;
      },
      err: () => undefined,
      colour: false,
      cwd: '.',
    }),
  ).toBe(EXIT.clean);
  expect(out).toContain('--endpoint URL');
});
