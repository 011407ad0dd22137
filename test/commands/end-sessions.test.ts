/** That an organisation can end the sessions of its own people by one command, and is told what came of each role. */

import { BrokerCallError, type EndSessions } from '../../lib/commands/stops/broker-call';
import { endSessionsCommand } from '../../lib/commands/stops/end-sessions';
import { isSessionOf } from '../../lib/commands/taking-on';
import { EXIT } from '../../lib/commands/terminal';
import { folderWithRegister, typed } from './captured-terminal';

async function endSessions(call: EndSessions) {
  const written = { out: '', err: '' };
  const command = endSessionsCommand(call);
  const code = await command.call(
    typed(command, { organisation: 'leeds', live: true, reason: 'Stolen', 'as-of': '2026-12-01' }),
    {
      out: (said) => {
        written.out += said;
      },
      err: (said) => {
        written.err += said;
      },
      colour: false,
      cwd: folderWithRegister(),
    },
  );
  return { code, ...written };
}

it('asks the organisation’s own broker, and says of each role what came of it', async () => {
  const asked: unknown[] = [];
  const { code, out } = await endSessions(async (arn, order) => {
    asked.push([arn, order]);
    return {
      before: '2026-12-01T09:00:00.000Z',
      roles: [
        { role: 'concordat-collect', outcome: 'ended' },
        { role: 'concordat-deposit', outcome: 'missing' },
        { role: 'concordat-receipts', outcome: 'failed', error: 'Throttling' },
      ],
      complete: false,
    };
  });
  expect(asked).toEqual([
    [
      'arn:aws:lambda:eu-west-2:100000000022:function:concordat-grant-broker',
      { endSessions: true, why: 'Stolen' },
    ],
  ]);
  expect(code).toBe(EXIT.findings);
  expect(out).toMatch(/concordat-collect +every session that began before is ended/);
  expect(out).toMatch(/concordat-receipts +FAILED: Throttling/);
});

it('says that nothing was ended where the broker can’t be called', async () => {
  const { code, err } = await endSessions(async () => {
    throw new BrokerCallError('these credentials may not', { nothingDone: true });
  });
  expect([code, err]).toEqual([
    EXIT.findings,
    'error: no session was ended: these credentials may not. Run this again, it is safe.\n',
  ]);
});

it('knows whether the caller has taken on the role already', () => {
  const role = 'arn:aws:iam::100000000022:role/concordat/concordat-stop';
  expect(isSessionOf('arn:aws:sts::100000000022:assumed-role/concordat-stop/alice', role)).toBe(true);
  expect(isSessionOf('arn:aws:sts::100000000022:assumed-role/concordat-stop-all/alice', role)).toBe(false);
  expect(isSessionOf('arn:aws:sts::100000000011:assumed-role/concordat-stop/alice', role)).toBe(false);
});
