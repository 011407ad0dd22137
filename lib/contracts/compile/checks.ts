/** Checks on the data (ODCS Data Quality): metrics of the library, comparisons of two columns, and what is left to the recipient. */

import type { PlannedComparison, PlannedMetric, Severity } from '../../wire/contracts';
import { nearest } from '../../words';
import { comparisonOf } from './comparison';
import type { CheckPlace } from './context';
import { checkCustom, isRecipients } from './custom';
import type { OdcsCheck } from './document';
import { type ContractPath, type Faults, pointer } from './fault';
import { metricOf } from './metrics';
import { isEnumeration } from './values';

/** What a check comes to. */
export interface Checks {
  readonly metrics: PlannedMetric[];
  readonly comparisons: PlannedComparison[];
  readonly recipients: { rule: string; name: string }[];
}

/** What a check is called in reports. */
function nameOfCheck(check: {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}) {
  return (check.name ?? check.description)?.slice(0, 200);
}

/** Compiles the checks of an object or of a column into what they come to. */
export function compileChecks(quality: readonly OdcsCheck[], place: CheckPlace, into: Checks): void {
  for (const [index, check] of quality.entries()) {
    const path = [...place.path, 'quality', index];
    const { faults } = place;
    checkCustom(check, 'check', path, faults);
    if (isRecipients(check)) {
      into.recipients.push({ rule: pointer(path), name: nameOfCheck(check) ?? `Check ${index + 1}` });
      continue;
    }
    const severity = severityOf(check, path, faults);
    const name = nameOfCheck(check);
    const told = { rule: pointer(path), ...(name !== undefined && { name }), severity };
    if (check.type === 'custom' && check.engine === 'concordat') {
      const comparison = comparisonOf(check.implementation, [...path, 'implementation'], place);
      if (comparison) into.comparisons.push({ ...told, ...comparison });
    } else if (check.type !== undefined && check.type !== 'library') notCarriedOut(check, path, faults);
    else if (place.column === undefined || !isEnumeration(check)) {
      const metric = metricOf(check, path, place);
      if (metric) into.metrics.push({ ...told, ...metric });
    }
  }
}

function notCarriedOut(check: OdcsCheck, path: ContractPath, faults: Faults): void {
  const what =
    check.type === 'text'
      ? 'a check in words cannot be carried out'
      : check.type === 'sql'
        ? 'a query is not carried out on files'
        : `the checks of ${check.engine ?? 'another tool'} are not carried out`;
  const near = check.engine === undefined ? undefined : nearest(check.engine, ['concordat']);
  faults.tell([...path, check.type === 'custom' ? 'engine' : 'type'], {
    message: `${what}, and passing over it would say that it held`,
    found: (check.type === 'custom' ? check.engine : check.type) ?? '',
    allowed: 'a metric of the library, or `type: custom` with `engine: concordat` to compare two columns',
    ...(near && { suggestion: 'concordat' }),
    fix: 'say it by one of those; or, where the recipient carries it out, add the custom property `checkedBy` with the value recipient',
  });
}

function severityOf(check: OdcsCheck, path: ContractPath, faults: Faults): Severity {
  const { severity } = check;
  if (severity === undefined || severity === 'error') return 'error';
  if (severity === 'warning') return 'warning';
  const near = nearest(severity, ['error', 'warning']);
  faults.tell([...path, 'severity'], {
    message: 'it is not said whether a failure rejects the file',
    found: severity,
    allowed: 'error, which rejects the file, or warning, which is told with a file that is released',
    ...(near && { suggestion: near.word }),
    fix: 'write error or warning',
  });
  return 'error';
}
