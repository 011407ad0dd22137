/** What the document of an agreement is made from. */
import type { Agreement, Register } from '../register';
import type { IsoDate } from '../register/calendar';

/** One agreement of a register, on a day. */
export interface DocumentSource {
  readonly register: Register;
  readonly agreement: Agreement;
  /** The day on which it was made. */
  readonly asOf: IsoDate;
}
