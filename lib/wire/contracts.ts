/** The door to the files and messages of data contracts: what synth, gate, engine and desk share of them. */
export {
  type BrokenRule,
  type ContractOutcome,
  FILE_FORMS,
  type FileForm,
  FORM_FAULTS,
  type FormFault,
  type FormReason,
  type Place,
} from './contract-outcome';
export {
  type Automaton,
  CONTRACT_PLAN_FORM,
  CONTRACT_PLANS,
  type ContractPlan,
  contractPlanText,
  type PlannedColumn,
  type PlannedComparison,
  type PlannedMetric,
  type PlannedType,
  parseContractPlan,
  type ScalarType,
  type Severity,
} from './contract-plan';
