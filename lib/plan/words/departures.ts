/** That an assembly is not the one that a saved plan was made of, in words. */
import { dateOf, inWords } from '../../register/calendar';
import type { AssemblyIdentity } from '../../wire';
import { plural, say, type Words } from '../../words';
import type { Departure } from '../saved';

/** One sentence, without a full stop. */
export function tellDeparture({ side, of, planned, found }: Departure): Words {
  const [was, is] = [planned, found].map((each) => SAYS[of](each));
  return say`${side.toUpperCase()}: ${WHAT[of]} ${is ?? ''}, and the plan is of ${was ?? ''}`;
}

const WHAT: Readonly<Record<Departure['of'], string>> = {
  day: 'it is made for',
  register: 'its register has the SHA-256',
  program: 'it was made by',
  files: 'it has',
};

const SAYS: Readonly<Record<Departure['of'], (identity: AssemblyIdentity) => string>> = {
  day: ({ asOf }) => inWords(dateOf(asOf)),
  register: ({ registerDigest }) => registerDigest,
  program: ({ program }) =>
    program === undefined
      ? 'a program that it does not name'
      : `concordat ${program.version}${program.commit === undefined ? '' : `, commit ${program.commit}`}, with files of the SHA-256 ${program.files} and a lockfile of ${program.lockfile}`,
  files: ({ files, filesDigest }) => `${plural(files, 'file')} of the SHA-256 ${filesDigest}`,
};
