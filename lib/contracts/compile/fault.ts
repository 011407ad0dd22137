/** What in a contract cannot be carried out, and where. */

/** The way to a setting from the top of the document: keys and list positions. */
export type ContractPath = readonly (string | number)[];

/** One thing that a contract asks and nothing here carries out. */
export interface ContractFault {
  readonly path: ContractPath;
  /** Whether the name of the setting is at fault, or its value. */
  readonly part: 'key' | 'value';
  /** One sentence, without a full stop. */
  readonly message: string;
  /** What stands there. */
  readonly found?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** The nearest allowed word, when one is near. */
  readonly suggestion?: string;
  /** What to do, as an instruction. */
  readonly fix: string;
}

/** Collects the faults of one document. */
export class Faults {
  readonly all: ContractFault[] = [];

  /** Tells of a value, or of a setting by its name. */
  tell(
    path: ContractPath,
    fault: Omit<ContractFault, 'path' | 'part'>,
    part: 'key' | 'value' = 'value',
  ): void {
    this.all.push({ path, part, ...fault });
  }
}

/** A place in the document as a JSON pointer (RFC 6901), by which plans and reports name a rule. */
export function pointer(path: ContractPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
