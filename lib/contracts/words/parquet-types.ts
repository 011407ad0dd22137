/** In which types of Parquet a column of a contract can be written, in words. */
import type { ContractPlan, PlannedType } from '../../wire/contracts';
import { code, say, type Words } from '../../words';

/** What a column has to be written as; nothing for one that the plan does not have. @param name of the column */
export function writtenAs(plan: ContractPlan, name: string | undefined): Words | undefined {
  const column = plan.columns.find((each) => each.name === name);
  return column && say`${code(column.name)} is written as ${servedBy(column.type)}`;
}

function servedBy(type: PlannedType): string {
  switch (type.kind) {
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
      return 'a whole number: INT32 or INT64, not as text or a floating-point number';
    case 'number':
      return type.multipleOf
        ? 'DECIMAL or a whole number, not as text, nor as a floating-point number, which is not exact'
        : 'DECIMAL, a whole number or a floating-point number, not as text';
    case 'date':
      return 'DATE, not as a timestamp or text';
    case 'time':
    case 'timestamp': {
      const [utc, zone] = type.zone === 'required' ? ['true', 'with'] : ['false', 'without'];
      return `${type.kind === 'time' ? 'TIME' : 'TIMESTAMP'} ${zone} a time zone (isAdjustedToUTC ${utc}), not as text or INT96`;
    }
    case 'uprn':
    case 'usrn':
      return 'STRING or a whole number, not as a floating-point number, which pandas makes of whole numbers where one is missing';
    case 'object':
      return 'a group with the members of the contract';
    case 'list':
      return 'a LIST of three levels';
    default:
      return 'STRING, one in each row, not as a list, a number, or bytes that nothing marks as text';
  }
}
