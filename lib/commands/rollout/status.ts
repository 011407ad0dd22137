/** `concordat status`: where things stand, at a glance: the register, the assembly made of it, its checks, what comes next. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Assembly, AssemblyError, findingsOf, openAssembly, provenanceOf } from '../../assembly';
import {
  entriesBetween,
  missingOn,
  overdueOn,
  type Register,
  registerDigest,
  STATE_IN_WORDS,
  sharesOf,
} from '../../register';
import { addDays, dateOf, dayWords, inWords } from '../../register/calendar';
import { thisProgram } from '../../start/program';
import { columns, listedOr, plural } from '../../words';
import { type Command, command } from '../command';
import { text, toggle, UsageError } from '../option';
import { registerFlag, synthOutputFlag } from '../places';
import { awaitingIn, awaitingWords } from '../register/awaiting';
import { entryWords } from '../register/calendar-words';
import { undeclaredWords } from '../register/undeclared';
import { loadOrExplain, type RegisterInput, registerInput } from '../register-input';
import { EXIT, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION, REGISTER_OPTIONS } from '../vocabulary';
import type { LookoutOf } from './status-live';
import { rolloutStatus } from './status-rollout';

const SOON = 30;

/**
 * The command, for where a fleet is looked at. But for `--live` it needs neither network nor AWS, and exits 0, or 3 where register,
 * assembly or state file is faulty.
 */
export function statusCommand(lookoutOf: LookoutOf): Command {
  return command({
    name: 'status',
    words: {},
    options: {
      ...REGISTER_OPTIONS,
      ...ASSEMBLY_OPTION,
      rollout: text('FILE', 'tell of a rollout instead what each account runs, by its state file'),
      live: toggle('ask the engine’s table and each account what runs there now'),
      drift: toggle('with --live: have CloudFormation look for drift anew, which takes minutes'),
      page: text('FILE', 'with --live: write the same as a page'),
      ...JSON_OPTION,
    },
    example: 'npx concordat status',
    run: (values, terminal) => {
      const { rollout, json } = values;
      if (rollout !== undefined) return rolloutStatus({ rollout, json }, terminal);
      const input = registerInput(values, terminal);
      const register = loadOrExplain(input, terminal);
      if (register === undefined) return EXIT.faultyInput;
      if (values.live)
        return live().liveStatus({ ...values, asOf: input.asOf }, register, lookoutOf, terminal);
      if (values.drift || values.page !== undefined)
        throw new UsageError('--drift and --page go with --live, which asks the accounts');
      try {
        const rows = [
          ...registerRows(register, input),
          ...assemblyRows(
            values.assembly,
            resolve(terminal.cwd, values.assembly),
            register,
            input,
            `npx concordat synth${registerFlag(input.folder, terminal)}${synthOutputFlag(values.assembly, terminal)}`,
          ),
          ...dayRows(register, input, terminal),
        ];
        const toDo = rows.filter(({ toDo }) => toDo !== undefined);
        if (values.json)
          terminal.out(
            `${JSON.stringify({ schema: 'concordat-status/v1', asOf: input.asOf, rows }, null, 2)}\n`,
          );
        else terminal.out(`${columns(rows.map(({ about, says }) => [about, says])).join('\n')}\n`);
        terminal.err(
          toDo.length === 0
            ? '\nNothing is to be done.\n'
            : `\nTo do:\n${toDo.map(({ toDo }) => `- ${toDo}\n`).join('')}`,
        );
        return EXIT.clean;
      } catch (error) {
        if (!(error instanceof AssemblyError)) throw error;
        terminal.err(`error: ${error.message}\n`);
        return EXIT.faultyInput;
      }
    },
  });
}

/** The command, for AWS. */
export const status = statusCommand((region, engine) => live().lookoutOnAws(region, engine));

/** Loaded only where it is wanted: it brings AWS’s clients. */
function live(): typeof import('./status-live') {
  return require('./status-live') as typeof import('./status-live');
}

interface Row {
  readonly about: string;
  readonly says: string;
  /** What to do about it, where anything is to be done. */
  readonly toDo?: string;
}

function registerRows(register: Register, { folder, asOf }: RegisterInput): Row[] {
  const { organisations, agreements } = register;
  const shares = sharesOf(register, asOf);
  const states = new Map<string, number>();
  for (const { state } of shares)
    states.set(STATE_IN_WORDS[state], (states.get(STATE_IN_WORDS[state]) ?? 0) + 1);
  return [
    {
      about: 'Register',
      says: `${folder} is sound on ${inWords(asOf)}: ${plural(organisations.length, 'organisation')}, ${plural(agreements.length, 'agreement')}`,
    },
    {
      about: 'Shares',
      says: listedOr(
        'none',
        [...states].map(([state, count]) => `${count} ${state}`),
      ),
    },
    ...awaitingIn(register, asOf).map((each) => ({
      about: 'Approval',
      says: awaitingWords(each),
      toDo: `Have it signed: npx concordat approve ${each.agreement} --as ORGANISATION --key FILE`,
    })),
    ...missingOn(register, asOf).map((each) => ({
      about: 'Disposal',
      says: undeclaredWords(each),
      toDo: `Have it declared: npx concordat dispose ${each.agreement.id} --as ${each.organisation} --key FILE`,
    })),
  ];
}

function assemblyRows(
  name: string,
  folder: string,
  register: Register,
  { asOf }: RegisterInput,
  synth: string,
): Row[] {
  const about = 'Assembly';
  if (!existsSync(join(folder, 'manifest.json')))
    return [{ about, says: `there is none in ${name}`, toDo: `Make the templates: ${synth}` }];
  const assembly = openAssembly(folder);
  const { asOf: madeFor, registerDigest: madeOf, program } = provenanceOf(assembly);
  const isOfIt = madeOf === registerDigest(register);
  const isOurs = program?.files === thisProgram().files;
  const stale = [
    ...(isOfIt ? [] : ['of another state of the register']),
    ...(madeFor === asOf ? [] : [`for ${inWords(dateOf(madeFor))}`]),
    ...(isOurs ? [] : ['by another program']),
  ];
  return [
    {
      about,
      says: `${name} was made ${stale.length === 0 ? 'of this register, for this day, by this program' : stale.join(', ')}`,
      ...(stale.length > 0 && { toDo: `Make the templates again: ${synth}` }),
    },
    checksRow(assembly, synth),
  ];
}

function checksRow(assembly: Assembly, synth: string): Row {
  const { open, acknowledged, packs } = findingsOf(assembly);
  const about = 'Checks';
  if (packs.length === 0) return { about, says: 'were not run', toDo: `Run the checks: ${synth}` };
  return {
    about,
    says: `${plural(open.length, 'open finding')}, ${acknowledged} acknowledged`,
    ...(open.length > 0 && { toDo: `Mend ${plural(open.length, 'open finding')}: ${synth} names each` }),
  };
}

function dayRows(register: Register, { asOf, folder }: RegisterInput, terminal: Terminal): Row[] {
  const overdue = overdueOn(register, asOf);
  const [next, ...more] = entriesBetween(register, asOf, addDays(asOf, SOON));
  return [
    {
      about: 'Overdue',
      says: overdue.length === 0 ? 'nothing' : plural(overdue.length, 'thing'),
      ...(overdue.length > 0 && {
        toDo: `See to ${plural(overdue.length, 'thing')} overdue: npx concordat calendar${registerFlag(folder, terminal)}`,
      }),
    },
    {
      about: 'Next',
      says:
        next === undefined
          ? `nothing within ${SOON} days`
          : `${dayWords(next.on)}, ${entryWords(next, register)}${more.length > 0 ? `; and ${more.length} more within ${SOON} days` : ''}`,
    },
  ];
}
