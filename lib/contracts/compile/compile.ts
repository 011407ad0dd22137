/** Compiles a data contract: each rule of it becomes one entry of a plan, or a fault with its place. Nothing is passed over. */
import {
  CONTRACT_PLAN_FORM,
  type ContractPlan,
  contractPlanText,
  type PlannedColumn,
} from '../../wire/contracts';
import { type Checks, compileChecks } from './checks';
import { columnsOf } from './columns';
import { checkCustom, isRecipients } from './custom';
import {
  customValue,
  type OdcsCheck,
  type OdcsDocument,
  type OdcsObject,
  type OdcsProperty,
} from './document';
import { knownElements } from './elements';
import { type ContractFault, type ContractPath, Faults, pointer } from './fault';
import { referencesOf, uniqueOf } from './keys';
import { knownArguments } from './metrics';
import { isEnumeration } from './values';

/** What a contract comes to: a plan for each of its objects, in their order, or every reason why there is none. */
export type Compiled =
  | { readonly ok: true; readonly plans: readonly ContractPlan[] }
  | { readonly ok: false; readonly faults: readonly ContractFault[] };

/** A plan is read whole, by a function that has little memory. */
const MOST_PLAN_BYTES = 2_000_000;
const MOST_COLUMNS = 10_000;

/**
 * Compiles a contract.
 * @param document an ODCS 3.1 document whose form is right
 * @param digest SHA-256 of the document as canonical JSON (RFC 8785), in hex: it names the contract in each report
 */
export function compileContract(document: OdcsDocument, digest: string): Compiled {
  const faults = new Faults();
  knownElements(document, 'contract', [], faults);
  checkCustom(document, 'contract', [], faults);
  const contract = { id: document.id, version: document.version, digest };
  const plans = (document.schema ?? []).map((object, index) =>
    planOf(object, ['schema', index], contract, faults),
  );
  if (faults.all.length > 0) return { ok: false, faults: faults.all };
  return { ok: true, plans: plans.filter((plan) => plan !== undefined) };
}

function planOf(
  object: OdcsObject,
  path: ContractPath,
  contract: ContractPlan['contract'],
  faults: Faults,
): ContractPlan | undefined {
  knownElements(object, 'object', path, faults);
  checkCustom(object, 'object', path, faults);
  const properties = object.properties ?? [];
  if (properties.length === 0 || properties.length > MOST_COLUMNS) {
    faults.tell(path, {
      message:
        properties.length === 0
          ? 'it is not said which properties the object has, so nothing could be checked'
          : `the object has ${properties.length} properties, more than are read`,
      allowed: `1 to ${MOST_COLUMNS} properties`,
      fix: 'name each column or field of a file under `properties`',
    });
    return undefined;
  }
  const before = faults.all.length;
  const checks: Checks = { metrics: [], comparisons: [], recipients: [] };
  for (const [index, each] of properties.entries())
    goThrough(each, [...path, 'properties', index], 0, checks, faults);
  for (const [index, check] of (object.quality ?? []).entries())
    checkForm(check, [...path, 'quality', index], faults);
  const columns = columnsOf(properties, [...path, 'properties'], {
    faults,
    columnOf: (name) => {
      const index = properties.findIndex((each) => each.name === name);
      return index < 0 ? undefined : index;
    },
    kindOf: (column) => properties[column]?.logicalType,
  });
  // What is asked of columns together can be judged only where each of them is known.
  if (columns === undefined) return undefined;
  const place = { columns, faults };
  compileChecks(object.quality ?? [], { ...place, path }, checks);
  for (const [column, { quality = [] }] of properties.entries())
    compileChecks(quality, { ...place, path: [...path, 'properties', column], column }, checks);
  const keys = { object, path, ...place };
  const unique = uniqueOf(keys);
  const { references, recipients } = referencesOf(keys);
  const columnOrder = columnOrderOf(object, path, faults);
  if (faults.all.length > before) return undefined;
  const plan: ContractPlan = {
    form: CONTRACT_PLAN_FORM,
    contract,
    object: object.name,
    ...(object.dataGranularityDescription && { row: object.dataGranularityDescription.slice(0, 500) }),
    csv: { columnOrder },
    columns: columns as PlannedColumn[],
    unique,
    comparisons: checks.comparisons,
    references,
    metrics: checks.metrics,
    recipients: [...checks.recipients, ...recipients],
  };
  const bytes = Buffer.byteLength(contractPlanText(plan));
  if (bytes <= MOST_PLAN_BYTES) return plan;
  faults.tell(path, {
    message: `what the object asks comes to a plan of ${bytes} bytes, more than a gate reads`,
    allowed: `${MOST_PLAN_BYTES} bytes`,
    fix: 'shorten long patterns and lists of values, or part the object',
  });
  return undefined;
}

/** Goes through a property and all that is within it: that each element is known, and what of checks within is carried out. */
function goThrough(
  property: OdcsProperty,
  path: ContractPath,
  depth: number,
  checks: Checks,
  faults: Faults,
): void {
  knownElements(property, 'property', path, faults);
  knownElements(property.logicalTypeOptions ?? {}, 'options', [...path, 'logicalTypeOptions'], faults);
  for (const [index, each] of (property.relationships ?? []).entries())
    knownElements(each, 'relationship', [...path, 'relationships', index], faults);
  for (const [index, check] of (property.quality ?? []).entries()) {
    const at = [...path, 'quality', index];
    checkForm(check, at, faults);
    if (depth > 0) checkWithin(check, at, checks, faults);
  }
  for (const [index, each] of (property.properties ?? []).entries())
    goThrough(each, [...path, 'properties', index], depth + 1, checks, faults);
  if (property.items) goThrough(property.items, [...path, 'items'], depth + 1, checks, faults);
}

function checkForm(check: OdcsCheck, path: ContractPath, faults: Faults): void {
  knownElements(check, 'check', path, faults);
  if (check.metric !== undefined) knownArguments(check, path, faults);
}

/** Of what is within objects and lists, a list of the only values is carried out, and nothing is counted. */
function checkWithin(check: OdcsCheck, path: ContractPath, checks: Checks, faults: Faults): void {
  checkCustom(check, 'check', path, faults);
  if (isRecipients(check))
    checks.recipients.push({
      rule: pointer(path),
      name: (check.name ?? check.description ?? 'A check').slice(0, 200),
    });
  else if (!isEnumeration(check))
    faults.tell(path, {
      message: 'within objects and lists, nothing is counted or compared',
      allowed: 'invalidValues with `validValues` and `mustBe: 0`',
      fix: 'say it by the options of the type, or leave it to the recipient: custom property `checkedBy` with the value recipient',
    });
}

function columnOrderOf(object: OdcsObject, path: ContractPath, faults: Faults): 'free' | 'fixed' {
  const value = customValue(object, 'columnOrder');
  if (value === undefined || value === 'free') return 'free';
  if (value === 'fixed') return 'fixed';
  const index = object.customProperties?.findIndex(({ property }) => property === 'columnOrder') ?? 0;
  faults.tell([...path, 'customProperties', index, 'value'], {
    message: 'the order of columns is either free or fixed',
    found: String(value),
    allowed: 'free or fixed',
    fix: 'write one of the two',
  });
  return 'free';
}
