/** A new agreement, or an old one that goes on: answers become one file, which the register’s own rules judge. */
import { andList } from '../../../words';
import { type IsoDate, inWords } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { directionsOf } from '../../parties';
import { type Change, checkedChange, soundRegister } from '../change';
import { Drafting } from './drafting';
import { NEW_AGREEMENT_FORM } from './new-agreement';
import type { Answers } from './question';

/** Judges answers against a register that was read once. */
export class Agreeing extends Drafting {
  /**
   * @param by the day by which what is answered to have been done was done; not looked at if not given
   * @throws ChangeUnsound if the register is faulty as it is
   */
  constructor(files: readonly RegisterFile[], asOf: IsoDate, by?: IsoDate) {
    const register = soundRegister(files, asOf, 'the register is faulty');
    super(NEW_AGREEMENT_FORM, files, { register, region: register.zone.region }, asOf, by);
  }

  /**
   * The register with the agreement.
   * @throws ChangeRefused if answers are missing or wrong: all of them, with their flags
   */
  agreed(answers: Answers): Change {
    const file = this.file(answers);
    const change = checkedChange(
      this.files,
      soundRegister(this.files, this.asOf, 'the register is faulty'),
      new Map([[file.path, file]]),
      [],
      this.asOf,
    );
    const made = change.after.agreements.find(({ id }) => id === answers.id);
    const says = made
      ? [
          ...directionsOf(made).map(
            ({ owner, recipients }) =>
              `${andList(recipients)} may collect what ${owner} deposits under ${made.id}, from ${inWords(made.starts)} to ${inWords(made.ends)}.`,
          ),
        ]
      : [];
    return { ...change, says };
  }
}
