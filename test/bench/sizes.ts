/** The registers that are measured, and which measures the bench as a whole takes of each. */
import type { Shape } from './generate-register';
import type { MeasureName } from './measures';

/** A name by which a size is chosen. */
export type SizeName = '1' | '10' | '14' | '100' | '400' | '1000' | 'department' | 'department-one';

/** A register to measure with. */
export interface Size {
  readonly label: string;
  readonly shape: Shape;
  /** What the bench as a whole measures here. */
  readonly whole: readonly MeasureName[];
  /** Measured once, however many runs are asked for: it takes a minute or more. */
  readonly once?: boolean;
}

const COUNCILS = 382;

/** Every register, from small to large. */
export const SIZES: Readonly<Record<SizeName, Size>> = {
  1: { label: zoneLabel(1), shape: { kind: 'zone', organisations: 1 }, whole: [] },
  10: { label: zoneLabel(10), shape: { kind: 'zone', organisations: 10 }, whole: [] },
  14: {
    label: 'the sample, 14 organisations',
    shape: { kind: 'sample' },
    whole: ['yaml', 'check', 'bare', 'synth', 'start', 'read', 'prove', 'evidence'],
  },
  100: { label: zoneLabel(100), shape: { kind: 'zone', organisations: 100 }, whole: ['start'] },
  400: {
    label: zoneLabel(400),
    shape: { kind: 'zone', organisations: 400 },
    whole: ['yaml', 'check', 'bare', 'synth', 'start', 'read', 'prove', 'evidence'],
  },
  1000: {
    label: zoneLabel(1000),
    shape: { kind: 'zone', organisations: 1000, agreements: 3000 },
    whole: ['start'],
    once: true,
  },
  department: {
    label: `1 department, ${COUNCILS} councils, an agreement each`,
    shape: { kind: 'department', councils: COUNCILS, agreements: 'each' },
    whole: ['start'],
    once: true,
  },
  'department-one': {
    label: `1 department, ${COUNCILS} councils, one agreement`,
    shape: { kind: 'department', councils: COUNCILS, agreements: 'one' },
    whole: [],
    once: true,
  },
};

/** The names of all sizes, from small to large: numbers come first in an object by themselves. */
export const SIZE_NAMES = Object.keys(SIZES).filter(isSize);

/** Whether a word names a size. */
export function isSize(word: string): word is SizeName {
  return Object.hasOwn(SIZES, word);
}

/** What a zone of so many organisations is called in results. */
export function zoneLabel(organisations: number): string {
  return `${organisations.toLocaleString('en-GB')} ${organisations === 1 ? 'organisation' : 'organisations'}`;
}
