/** What ends a check without an outcome. A file that is wrong is none of these: that is an outcome. */

/** A check that could not be carried out. */
export class CheckError extends Error {
  override readonly name: string = 'CheckError';
}

/** A checkpoint that is not of this file, contract or engine, or is damaged. Begin again from the start. */
export class CheckpointError extends CheckError {
  override readonly name = 'CheckpointError';
}

/** A contract that asks what this engine cannot do. It was to be refused before there was a plan. */
export class PlanError extends CheckError {
  override readonly name = 'PlanError';
}

/** A check that needs more memory than it may use, and was given no place to spill to; or cannot pause, and was asked to. */
export class RoomError extends CheckError {
  override readonly name = 'RoomError';
}
