/** An organisation joins: its answers become one file, which the register’s own rules judge. */
import { type IsoDate, inWords } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { type Change, checkedChange, soundRegister } from '../change';
import { Drafting } from './drafting';
import { ORGANISATION_FORM } from './organisation-questions';
import type { Answers } from './question';

/** Judges answers against a register that was read once. */
export class Joining extends Drafting {
  /**
   * @param by the day by which what is answered to have been done was done; not looked at if not given
   * @throws ChangeUnsound if the register is faulty as it is
   */
  constructor(files: readonly RegisterFile[], asOf: IsoDate, by?: IsoDate) {
    const register = soundRegister(files, asOf, 'the register is faulty');
    super(ORGANISATION_FORM, files, { register, region: register.zone.region }, asOf, by);
  }

  /**
   * The register with the organisation.
   * @throws ChangeRefused if answers are missing or wrong: all of them, with their flags
   */
  joined(answers: Answers): Change {
    const file = this.file(answers);
    return checkedChange(
      this.files,
      soundRegister(this.files, this.asOf, 'the register is faulty'),
      new Map([[file.path, file]]),
      [`${answers.id} joins on ${inWords(answers.joins as IsoDate)}.`],
      this.asOf,
    );
  }
}
