/** `concordat end-sessions`: ends every session that an organisation’s own people have now, through its grant broker. */
import { functionArn, GRANT_BROKER_FUNCTION } from '../../names';
import type { SessionsAnswer, SessionsStep } from '../../wire';
import { columns, visible } from '../../words';
import { type Command, command } from '../command';
import { text, toggle, word } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';
import { BrokerCallError, callToEndSessions, type EndSessions } from './broker-call';
import { memberCalled } from './suspend-target';

const OUTCOMES: Readonly<Record<SessionsStep['outcome'], string>> = {
  ended: 'every session that began before is ended',
  missing: 'the organisation has no such role',
  failed: 'FAILED',
};

/** The command, for a way of calling brokers. */
export function endSessionsCommand(call: EndSessions): Command {
  return command({
    name: 'end-sessions',
    words: { organisation: word('the id of the organisation whose people’s sessions to end') },
    options: {
      live: toggle('end them at once; needs AWS credentials that may take on concordat-stop in its account'),
      reason: text('TEXT', 'why, for the record in its account'),
      json: toggle('what the broker did, as JSON on stdout'),
      ...REGISTER_OPTIONS,
    },
    example: 'npx concordat end-sessions leeds --live --reason "Credentials were stolen"',
    run: async (values, terminal) => {
      const register = loadOrExplain(registerInput(values, terminal), terminal);
      if (register === undefined) return EXIT.faultyInput;
      const { account, name } = memberCalled(values.organisation, register);
      const { reason: why, json, live } = values;
      if (!live) {
        terminal.err(`Nothing was done: with --live, every session of the people of ${name} ends.\n`);
        return EXIT.clean;
      }
      try {
        const order = { endSessions: true as const, ...(why !== undefined && { why }) };
        const answer = await call(functionArn(register.zone, account, GRANT_BROKER_FUNCTION), order);
        terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : report(name, account, answer));
        return answer.complete ? EXIT.clean : EXIT.findings;
      } catch (error) {
        if (!(error instanceof BrokerCallError)) throw error;
        const known = error.nothingDone
          ? 'no session was ended'
          : 'it is not known which sessions were ended';
        terminal.err(`error: ${known}: ${visible(error.message)}. Run this again, it is safe.\n`);
        return EXIT.findings;
      }
    },
  });
}

/** The command as it is called. */
export const endSessions: Command = endSessionsCommand(callToEndSessions);

function report(
  name: string,
  account: string,
  { before, roles, complete, notRecorded }: SessionsAnswer,
): string {
  const rows = roles.map(({ role, outcome, error }) => [
    role,
    `${OUTCOMES[outcome]}${error === undefined ? '' : `: ${visible(error)}`}`,
  ]);
  const record =
    notRecorded === undefined ? '' : `The order could not be written down: ${visible(notRecorded)}.\n`;
  return `${name} (account ${account}), sessions that began before ${before}:

${columns(rows)
  .map((line) => `  ${line}`)
  .join('\n')}

${complete ? 'Whoever may take on these roles can do so again, with a new session.' : 'Not complete: run this again.'}
${record}`;
}
