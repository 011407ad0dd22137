/**
 * `concordat suspend`: stops an agreement, or all shares of an organisation: in the register, and with `--live` in the
 * owner’s account at once, without a deployment.
 */
import { resolve } from 'node:path';
import { bundleEntries, bundleFolder } from '../../ledger/bundle';
import { functionArn, GRANT_BROKER_FUNCTION } from '../../names';
import { loadRegister, type Register, readRegisterFolder, textReport } from '../../register';
import { dayWords, inWords } from '../../register/calendar';
import { commitFiles, NothingWritten, stopsFrom, withStop } from '../../register/changes';
import { type BreachFacts, breachFacts } from '../../transfers';
import type { StopAnswer } from '../../wire';
import { systemCode, systemWords } from '../../words';
import { type Command, command } from '../command';
import { optionalWord, text, toggle, UsageError } from '../option';
import { registerFlag } from '../places';
import { loadOrExplain, type RegisterInput, registerInput } from '../register-input';
import { EXIT, type Terminal } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';
import { BrokerCallError, type CallBroker, callBroker, callFromZone } from './broker-call';
import { stopEverywhere } from './suspend-everywhere';
import {
  breachReport,
  failureReport,
  othersReport,
  registerReport,
  stepsReport,
  WARM_READERS,
} from './suspend-report';
import { type Target, targetOf } from './suspend-target';

/** What the brokers did where none was called. */
const NOTHING_ASKED: StopAnswer = { steps: [], complete: false };
const DEFAULT_REASON = 'Stopped in an emergency';

/** The command, for a way of calling brokers and a clock. */
export function suspendCommand(
  call: CallBroker,
  now: () => Date,
  callFrom: (zoneAccount: string) => CallBroker = callFromZone,
): Command {
  return command({
    name: 'suspend',
    words: { agreement: optionalWord('the id of the agreement to stop') },
    options: {
      'all-of': text('ID', 'stop every share of this organisation instead'),
      owner: text('ID', 'with --all-of: stop what this owner shares with it; its own if not given'),
      live: toggle(
        'stop at once, through the owner’s grant broker; needs AWS credentials that may take on concordat-stop there',
      ),
      'from-zone': toggle(
        'with --all-of: stop in the accounts of all owners, as the operator’s concordat-stop-all; it lifts nothing',
      ),
      lift: toggle('with --live: take a stop back; what is deployed decides again'),
      reason: text('TEXT', `why, for the register; "${DEFAULT_REASON}" if not given`),
      ledger: text('DIR', 'a copy of the ledger, from which the breach report gathers what was read'),
      json: toggle('what the broker did, as JSON on stdout'),
      ...REGISTER_OPTIONS,
    },
    forms: [
      'AGREEMENT [--live] [OPTIONS]',
      '--all-of ID [--live] [OPTIONS]',
      '--all-of ID --from-zone --live [OPTIONS]',
    ],
    example: 'npx concordat suspend housing-benefit-awards --live --reason "A laptop was lost"',
    run: async (values, terminal) => {
      const { lift, live } = values;
      const meant = registerFlag(registerInput(values, terminal).folder, terminal);
      if (lift && !live)
        throw new UsageError(
          `--lift goes with --live; in the register: npx concordat ${values['all-of'] === undefined ? `agreement resume ${values.agreement ?? 'ID'}` : `resume ${values['all-of']}`}${meant}`,
        );
      const fromZone = values['from-zone'];
      if (fromZone && (lift || values['all-of'] === undefined || values.owner !== undefined))
        throw new UsageError(
          '--from-zone goes with --all-of, and with neither --owner nor --lift: the operator stops, and each owner lifts',
        );
      const input = registerInput(values, terminal);
      const register = loadOrExplain(input, terminal);
      if (register === undefined) {
        terminal.err('To stop something all the same, go back to the last sound version of the register.\n');
        return EXIT.faultyInput;
      }
      const target = targetOf(values, register, input.asOf);
      // Read before anything is done, so that a wrong folder is no reason to do things twice.
      const facts = factsFrom(values.ledger, target, terminal);
      if (facts === 'unreadable') return EXIT.faultyInput;
      const act = () =>
        fromZone
          ? actEverywhere(register, target, values, terminal, callFrom(register.zone.accounts.zone))
          : actLive(register, target, values, terminal, call);
      if (lift) return (await act()) ? EXIT.clean : EXIT.findings;
      let complete = !live;
      let sound = false;
      try {
        if (live) complete = await act();
      } finally {
        // Whatever came of the call: what the register does not say, the next deployment takes back.
        if (target.others.length > 0 && !fromZone) terminal.err(`${othersReport(target, meant)}\n`);
        sound = writeRegister(input, target, values.reason ?? DEFAULT_REASON, terminal);
      }
      if (live) terminal.err(`\n${breachReport(now(), target, facts, values.ledger)}`);
      else {
        terminal.err('Nothing is stopped yet: deploy, or run this again with --live.\n');
        if (values.json) terminal.out(`${JSON.stringify(NOTHING_ASKED, null, 2)}\n`);
      }
      if (!sound) return EXIT.faultyInput;
      return complete ? EXIT.clean : EXIT.findings;
    },
  });
}

/** The command as it is called. */
export const suspend: Command = suspendCommand(callBroker, () => new Date());

/** What a copy of the ledger tells of the agreements concerned; undefined where none was given. */
function factsFrom(
  folder: string | undefined,
  { shares }: Target,
  terminal: Terminal,
): readonly BreachFacts[] | 'unreadable' | undefined {
  if (folder === undefined) return undefined;
  const agreements = [...new Set(shares.map(({ agreement }) => agreement.id))].sort();
  try {
    return breachFacts(bundleEntries(bundleFolder(resolve(terminal.cwd, folder), folder)), agreements);
  } catch (error) {
    const code = systemCode(error);
    const why = code === undefined ? (error as Error).message : systemWords(code, 'read');
    terminal.err(`error: the ledger in ${folder} cannot be read: ${why}\n`);
    terminal.err('Nothing was done. Copy it again, or run this without --ledger.\n');
    return 'unreadable';
  }
}

/** Whether everything was done. What fails is said. */
async function actLive(
  { zone }: Register,
  target: Target,
  {
    lift,
    json,
    reason: why,
  }: { readonly lift: boolean; readonly json: boolean; readonly reason: string | undefined },
  terminal: Terminal,
  call: CallBroker,
): Promise<boolean> {
  try {
    const answer = await call(functionArn(zone, target.owner.account, GRANT_BROKER_FUNCTION), {
      ...(lift ? { lift: [target.pattern] } : { stop: [target.pattern] }),
      ...(why && { why }),
    });
    terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : stepsReport(target, answer, lift));
    if (!lift) terminal.err(`\n${WARM_READERS}\n`);
    return answer.complete;
  } catch (error) {
    if (!(error instanceof BrokerCallError)) throw error;
    terminal.err(`error: ${failureReport(error, lift)}`);
    return false;
  }
}

/** The same in the accounts of all owners. */
async function actEverywhere(
  register: Register,
  target: Target,
  { json, reason }: { readonly json: boolean; readonly reason: string | undefined },
  terminal: Terminal,
  call: CallBroker,
): Promise<boolean> {
  const stopped = await stopEverywhere(register, target, reason, call);
  const answered = stopped.flatMap(({ owner, outcome }) =>
    outcome instanceof BrokerCallError ? [] : [{ owner, answer: outcome }],
  );
  if (json)
    terminal.out(
      `${JSON.stringify(Object.fromEntries(answered.map(({ owner, answer }) => [owner.id, answer])), null, 2)}\n`,
    );
  else for (const { owner, answer } of answered) terminal.out(`${stepsReport({ owner }, answer, false)}\n`);
  for (const { owner, outcome } of stopped)
    if (outcome instanceof BrokerCallError)
      terminal.err(`error: ${owner.id}: ${failureReport(outcome, false)}`);
  terminal.err(`\n${WARM_READERS}\n`);
  return answered.length === stopped.length && answered.every(({ answer }) => answer.complete);
}

/** Whether the register says so now; it is written only where it stays sound, and whole or not at all. */
function writeRegister(input: RegisterInput, target: Target, reason: string, terminal: Terminal): boolean {
  const { id, write } = target;
  if (write === undefined) {
    terminal.err(
      `The register no longer has ${id}, so there is nothing to write. Deploy it, so that its shares go.\n`,
    );
    return true;
  }
  const { already, earliest, ended, kind } = write;
  const shown = `${input.folder}/${write.file}`;
  if (ended !== undefined) {
    terminal.err(`${shown} says already that ${id} ended on ${inWords(ended)}; it stays as it is.\n`);
    return true;
  }
  if (stopsFrom(already, earliest)) {
    terminal.err(`${shown} says already that ${id} is ${kind} from ${dayWords(already.from)}.\n`);
    return true;
  }
  const folder = resolve(terminal.cwd, input.folder);
  const files = readRegisterFolder(folder);
  const changed = files.map((file) =>
    file.path === write.file ? withStop(file, { kind, from: earliest, reason }, already) : file,
  );
  const loaded = loadRegister(changed, input.asOf);
  if (!loaded.ok) {
    terminal.err(`${shown} was not written, since the register would no longer be sound:\n\n`);
    terminal.err(textReport({ ...loaded, folder: input.folder }, terminal.colour, terminal.width));
    return false;
  }
  const file = changed.find(({ path }) => path === write.file);
  try {
    if (file !== undefined) commitFiles(folder, [file]);
  } catch (error) {
    if (!(error instanceof NothingWritten)) throw error;
    terminal.err(`error: ${shown} does not say so, and ${error.message}\n`);
    return false;
  }
  terminal.err(registerReport(shown, id, write, registerFlag(input.folder, terminal)));
  return true;
}
