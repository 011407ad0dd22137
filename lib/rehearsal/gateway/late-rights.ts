/**
 * IAM’s eventual consistency, played: what a role was just given is on its way for a while, and the role is refused what it
 * may do.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */

/** Which roles still wait for their rights, and where they have been refused. */
export class LateRights {
  /** By role: the operations that were refused. */
  readonly #refused = new Map<string, Set<string>>();

  /** From now on a role is refused each operation of KMS and S3 Control the first time that it asks for it. */
  delay(role: string): void {
    this.#refused.set(role, new Set());
  }

  /** The rights of a role are there. */
  arrive(role: string): void {
    this.#refused.delete(role);
  }

  /** Whether a role is refused this time, by the name that CloudTrail gives the operation. */
  refuses(role: string, operation: string): boolean {
    const refused = this.#refused.get(role);
    if (refused === undefined || refused.has(operation)) return false;
    refused.add(operation);
    return true;
  }
}
