/** A zone begins: a register of two files, judged by its own rules before anything is written. */
import { UK_REGION } from '../../../names';
import type { IsoDate } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { jsonSchemas } from '../../schema/json-schema';
import { soundRegister } from '../change';
import { Drafting } from './drafting';
import { ORGANISATION_FORM } from './organisation-questions';
import type { Answers, Question } from './question';
import { ZONE_FORM } from './zone-questions';

/** Judges the answers of a zone, and then those of its first organisation. */
export class Beginning {
  readonly zone: Drafting;

  constructor(private readonly asOf: IsoDate) {
    this.zone = new Drafting(ZONE_FORM, [], { region: UK_REGION }, asOf, asOf);
  }

  /** What is not answered yet, and has to be, of either file. */
  demanded(answers: Answers): readonly Question[] {
    const anyZone = new Drafting(ORGANISATION_FORM, [], { region: UK_REGION }, this.asOf, this.asOf);
    return [...this.zone.demanded(answers), ...anyZone.demanded(answers)];
  }

  /** The first organisation, in the zone that was answered. @throws ChangeRefused where answers of the zone are missing or wrong */
  first(zone: Answers): Drafting {
    return new Drafting(
      ORGANISATION_FORM,
      [this.zone.file(zone)],
      { region: UK_REGION },
      this.asOf,
      this.asOf,
    );
  }

  /**
   * Every file of the register: the zone, the organisation, and the JSON Schemas that editors use.
   * @throws ChangeRefused where answers are missing or wrong; ChangeUnsound where the register would not be sound
   */
  files(zone: Answers, organisation: Answers): readonly RegisterFile[] {
    const made = [this.zone.file(zone), this.first(zone).file(organisation)];
    soundRegister(made, this.asOf, 'the register would not be sound');
    const schemas = [...jsonSchemas()].map(([name, text]) => ({
      path: `schema/${name}`,
      bytes: Buffer.from(text),
    }));
    return [...made, ...schemas];
  }
}
