/** `concordat profile`: the one file that an organisation’s people and jobs need to send and to collect. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { noticesOn, type ProfileNotice, type Standing, standingOn } from '../../delivery';
import { writeWhole } from '../../disk';
import { profileOf } from '../../register';
import { dateOf, inWords } from '../../register/calendar';
import { PROFILE_FILE, PROFILE_FORM, type Profile, type ProfileDays, profileText } from '../../wire';
import { columns, plural } from '../../words';
import { command } from '../command';
import { UsageError, word } from '../option';
import { demandOutsideRegisters } from '../outside-registers';
import { loadOrExplain, registerInput } from '../register-input';
import { organisationOf } from '../register-word';
import { EXIT, type Terminal } from '../terminal';
import { unwritten } from '../unwritten';
import { JSON_OPTION, output, REGISTER_OPTIONS } from '../vocabulary';

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const profile = command({
  name: 'profile',
  words: { organisation: word('the organisation whose profile is made') },
  options: {
    output: output(`the folder for ${PROFILE_FILE}`, '.'),
    ...REGISTER_OPTIONS,
    ...JSON_OPTION,
  },
  example: 'npx concordat profile leeds',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const made = profileOf(register, organisationOf(register, values.organisation), input.asOf);
    if (values.json) {
      terminal.out(profileText(made));
      return EXIT.clean;
    }
    const file = join(values.output, PROFILE_FILE);
    write(file, profileText(made), terminal);
    terminal.out(`${summary(made).join('\n')}\n`);
    for (const notice of noticesOn(made, input.asOf)) terminal.err(`\n${noticeWords(notice)}\n`);
    terminal.err(`\nWritten to ${file}. Nothing in it is secret; hand it to those who send and collect.\n`);
    return EXIT.clean;
  },
});

/** Writes the whole file or nothing. @throws UsageError where something else stands there, or nothing can be written */
function write(path: string, text: string, { cwd }: Terminal): void {
  const file = resolve(cwd, path);
  demandOutsideRegisters(path, { cwd }, 'with --output DIR');
  try {
    if (existsSync(file) && !isProfile(readFileSync(file, 'utf8')))
      throw new UsageError(`${path} is there and is no profile: name another folder with --output DIR`);
    writeWhole(file, text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unwritten(path, 'folder with --output DIR', error);
  }
}

function isProfile(text: string): boolean {
  try {
    return (JSON.parse(text) as { form?: unknown } | null)?.form === PROFILE_FORM;
  } catch {
    return false;
  }
}

function summary({ organisation, register, sends, collects }: Profile): string[] {
  const rows = [
    ...sends.map(({ agreement, recipients, days }) => [
      `  sends ${agreement}`,
      `to ${recipients.map(({ name }) => name).join(', ')}`,
      daysWords(days, register.asOf),
    ]),
    ...collects.map(({ agreement, owner, days }) => [
      `  collects ${agreement}`,
      `from ${owner.name}`,
      daysWords(days, register.asOf),
    ]),
  ];
  const count = sends.length + collects.length;
  return [
    `${organisation.name} on ${inWords(dateOf(register.asOf))}: ${count === 0 ? 'no agreements' : plural(count, 'agreement')}`,
    ...columns(rows),
  ];
}

function daysWords(days: readonly ProfileDays[], on: string): string {
  return standingWords(standingOn(days, on));
}

function standingWords(standing: Standing): string {
  switch (standing.state) {
    case 'in-force':
      return `in force until ${inWords(dateOf(standing.until))}`;
    case 'to-come':
      return `from ${inWords(dateOf(standing.from))}`;
    case 'over':
      return standing.since === undefined ? 'on no day' : `over since ${inWords(dateOf(standing.since))}`;
  }
}

function noticeWords(notice: ProfileNotice): string {
  switch (notice.notice) {
    case 'made-ahead':
      return `The profile is of ${inWords(dateOf(notice.asOf))}, which has not come yet.`;
    case 'old':
      return `The profile is ${plural(notice.days, 'day')} old: ask the operator for the profile of today.`;
    case 'to-come':
      return `${notice.agreement} is not in force before ${inWords(dateOf(notice.from))}: what is sent or collected under it is refused until then.`;
    case 'over':
      return `${notice.agreement} is no longer in force: nothing is collected under it.`;
  }
}
