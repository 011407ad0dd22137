/** The engine that holds files against contracts, as this function uses it. */
import { tmpdir } from 'node:os';
import { checkFile, formOfMediaType } from '../../lib/contracts';
import { FolderSpill } from './folder-spill';
import { lockedAs } from './locked';
import type { Engine } from './ports';

/** Pauses where the contract lets it. */
export const engine: Engine = {
  formOf: formOfMediaType,
  lockedAs,
  // What compares rows with rows keeps digests of all rows before, which no checkpoint holds.
  canPause: ({ unique, references, metrics }) =>
    unique.length === 0 &&
    references.length === 0 &&
    metrics.every(({ what }) => what.metric !== 'duplicateValues'),
  check: (plan, format, source, options) =>
    checkFile(plan, format, source, { ...options, spill: new FolderSpill(tmpdir()) }),
};
