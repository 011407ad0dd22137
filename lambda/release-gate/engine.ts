/** The engine that holds files against contracts, as this function uses it. */
import { tmpdir } from 'node:os';
import {
  canPause,
  checkPacked,
  FolderSpill,
  formOfMediaType,
  gssLookup,
  lockedFile,
  sealFault,
} from '../../lib/contracts';
import type { Engine } from './ports';

/** Pauses where the contract lets it. */
export const engine: Engine = {
  formOf: formOfMediaType,
  lockedAs: lockedFile,
  sealFault,
  canPause,
  check: (plan, form, source, options) =>
    checkPacked(plan, form, source, { ...options, gss: gssLookup, spill: new FolderSpill(tmpdir()) }),
};
