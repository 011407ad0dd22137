/** The stacks of the management account that come first: rules above accounts, and what each account begins with. */
import type { Construct } from 'constructs';
import {
  BaselineStackSet,
  BudgetsStackSet,
  budgetTemplate,
  GuardrailPolicies,
  OrganisationAnalyzer,
} from '../constructs';
import { type GuardrailGroup, guardrails } from '../policy';
import { type Register, signInOf, type Zone } from '../register';
import type { IsoDate } from '../register/calendar';
import { unbootstrapped } from './bootstrapped';
import { ConcordatStack } from './concordat-stack';
import { accountsOf, externalsStaying } from './external-accounts';

/** The names of the stacks, in the order in which they are deployed. */
const GUARDRAILS_STACK = 'Guardrails';
export const BASELINE_STACK = 'Baseline';
export const BUDGETS_STACK = 'Budgets';
export const ANALYZER_STACK = 'Access-analyzer';

/** The stack of each group of guardrails, in the order in which they are deployed. @internal Only tests import it. */
export const GUARDRAIL_STACKS: Readonly<Record<GuardrailGroup, string>> = {
  main: GUARDRAILS_STACK,
  services: `${GUARDRAILS_STACK}-services`,
  s3: `${GUARDRAILS_STACK}-s3`,
};

const ABOUT: Readonly<Record<GuardrailGroup, string>> = {
  main: 'rules above accounts, which their own administrators cannot undo',
  services: 'the perimeter of services that resource control policies reach since 2026',
  s3: 'a policy of AWS Organizations for S3, a kind that there is since November 2025',
};

/** Rules above accounts. It needs no bootstrap and no asset: StackSets don’t reach the management account. */
export class GuardrailsStack extends ConcordatStack {
  constructor(scope: Construct, group: GuardrailGroup, register: Register, asOf: IsoDate) {
    const { zone, organisations } = register;
    super(scope, GUARDRAIL_STACKS[group], {
      ...inManagement(zone),
      description: `Concordat: ${ABOUT[group]}`,
    });
    const collecting = externalsStaying(register, asOf).filter(({ mayCollect }) => mayCollect.length > 0);
    const signingIn = organisations
      .filter((each) => signInOf(each) !== undefined)
      .map(({ account }) => account)
      .sort();
    const ofGroup = guardrails(zone, accountsOf(collecting), signingIn).filter(
      (each) => each.group === group,
    );
    new GuardrailPolicies(this, 'Policies', ofGroup);
  }
}

/** What looks for access from outside: apart from the guardrails, since AWS refuses it until it is trusted. */
export class AnalyzerStack extends ConcordatStack {
  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id, {
      ...inManagement(zone),
      description: 'Concordat: finds what is open to others than the AWS organisation, in all its accounts',
    });
    new OrganisationAnalyzer(this, 'Organisation');
  }
}

/** What the accounts of all units begin with. */
export class BaselineStack extends ConcordatStack {
  constructor(scope: Construct, id: string, zone: Zone, template: Readonly<Record<string, unknown>>) {
    super(scope, id, {
      // Such a stack is deployed with its template inline, whose size is limited; people read the body that lies beside it.
      suppressTemplateIndentation: true,
      ...inManagement(zone),
      description: 'Concordat: what every account begins with',
    });
    new BaselineStackSet(this, 'Baseline', { ...ofAllUnits(zone), template });
  }
}

/** What tells of the cost of the accounts of all units: apart from the baseline, since AWS refuses it in a new account. */
export class BudgetsStack extends ConcordatStack {
  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id, {
      ...inManagement(zone),
      description: 'Concordat: a budget in every account, which tells of what the account costs',
    });
    new BudgetsStackSet(this, 'Budgets', { ...ofAllUnits(zone), template: budgetTemplate(zone) });
  }
}

function ofAllUnits({ guardrails: { units }, region }: Zone) {
  return { units: [units.canary, units.members, units.zone], region };
}

function inManagement({ accounts, region }: Zone) {
  return {
    env: { account: accounts.management, region },
    terminationProtection: true,
    synthesizer: unbootstrapped(),
  };
}
