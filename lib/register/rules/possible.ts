/** Rules on what cannot be: what was done on a day that has not come, and what AWS would never release. */
import { type IsoDate, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';
import { bytesIn, LARGEST_SCANNED } from '../size';
import type { Path, YamlSource } from '../yaml-source';

/** What is said to have been done, an assessment or an assurance, was done by a day that has come. */
export function whatWasDoneHasBeen(draft: Draft, by: IsoDate): Diagnostic[] {
  const notYet = (source: YamlSource, path: Path, date: IsoDate, what: string) =>
    date <= by
      ? []
      : [
          at(source, path, {
            code: 'future-date',
            message: `${what} is dated ${inWords(date)}, a day that has not come`,
            found: date,
            allowed: `${by} or earlier`,
            fix: 'check the date; write the day on which it was done, once it has been',
          }),
        ];
  return [
    ...[...draft.organisations.values()].flatMap(({ value, source }) =>
      'date' in value.assurance
        ? notYet(source, ['assurance', 'date'], value.assurance.date, 'the assurance')
        : [],
    ),
    ...[...draft.agreements.values()].flatMap(({ value, source }) =>
      notYet(source, ['dpia', 'date'], value.dpia.date, 'the impact assessment'),
    ),
  ];
}

/** An impact assessment is signed off before the processing that it is about (UK GDPR Article 35(1)). */
export function assessedBeforeTheStart(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }) => {
    const { date } = value.dpia;
    if (date <= value.starts) return [];
    return [
      at(source, ['dpia', 'date'], {
        code: 'date-order',
        message: `the impact assessment is dated ${inWords(date)}, after the agreement starts on ${inWords(value.starts)}`,
        found: date,
        allowed: `${value.starts} or earlier`,
        fix: 'check both dates; an impact assessment is signed off before any data is shared',
      }),
    ];
  });
}

/** An object that is too large to be scanned for malware is never released, so no agreement may promise it. */
export function objectsCanBeScanned(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }) => {
    const { largestObject } = value.delivery;
    if (bytesIn(largestObject) <= LARGEST_SCANNED) return [];
    return [
      at(source, ['delivery', 'largestObject'], {
        code: 'too-large',
        message: `an object of ${largestObject} is never scanned for malware, and so never released`,
        found: largestObject,
        allowed: '100 GB or less',
        fix: 'write 100 GB or less, and have the owner send larger data in parts',
      }),
    ];
  });
}
