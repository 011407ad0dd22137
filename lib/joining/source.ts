/** What a pack is made from: an organisation of the register, and the templates that are to go into its account. */
import type { AssemblyStack } from '../assembly';
import type { Bill, NotPriced } from '../plan';
import type { Organisation, Register } from '../register';
import type { IsoDate } from '../register/calendar';

export interface PackSource {
  readonly register: Register;
  readonly organisation: Organisation;
  readonly asOf: IsoDate;
  /** The stacks of its account, main stack first. */
  readonly stacks: readonly AssemblyStack[];
  readonly cost: Bill | NotPriced;
  /** The program by which the organisation sends and collects, as it lies in the pack. */
  readonly client: { readonly name: string; readonly sha256: string };
}
