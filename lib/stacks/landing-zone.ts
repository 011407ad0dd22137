/** The whole landing zone: every stack that a register asks for on a day. */
import { type App, CfnResource } from 'aws-cdk-lib';
import { baselineTemplate } from '../constructs';
import { GUARDRAIL_GROUPS } from '../policy';
import { isLive, type Member, type Register, type Share, sharesOf } from '../register';
import type { IsoDate } from '../register/calendar';
import { ExternalOrganisationStack } from './external';
import {
  ANALYZER_STACK,
  AnalyzerStack,
  BASELINE_STACK,
  BaselineStack,
  BUDGETS_STACK,
  BudgetsStack,
  GuardrailsStack,
} from './guardrails';
import { OrganisationStack, SharesStack } from './organisation';
import { shardCount, shardOf } from './sharding';
import { TRAIL_STACK, TrailStack } from './trail';
import { ZONE_STACK, ZoneStack } from './zone';

/** Adds every stack to the app. The result is a function of the register and the day alone. */
export function addLandingZone(app: App, register: Register, asOf: IsoDate): void {
  const zone = new ZoneStack(app, ZONE_STACK, register, asOf);
  const trail = new TrailStack(app, TRAIL_STACK, register.zone);
  trail.addStackDependency(zone, 'the trail writes into the zone’s bucket, with the zone’s key');
  const byOwner = new Map<string, Share[]>();
  for (const share of sharesOf(register, asOf)) {
    const list = byOwner.get(share.owner.id);
    if (list) list.push(share);
    else byOwner.set(share.owner.id, [share]);
  }
  for (const organisation of register.organisations) {
    if (organisation.membership === 'member') {
      addMember(app, register, organisation, byOwner.get(organisation.id) ?? [], asOf);
    } else if (organisation.mayCollect.length > 0) {
      new ExternalOrganisationStack(app, stackName(organisation.id), { register, organisation, asOf });
    }
  }
  addManagementStacks(app, register, asOf);
}

/** They come last here, and are deployed first: what CloudFormation may do follows from all that it is to make. */
function addManagementStacks(app: App, register: Register, asOf: IsoDate): void {
  const { zone } = register;
  const template = baselineTemplate(zone, deployedTypes(app));
  const [first, ...apart] = GUARDRAIL_GROUPS.map((group) => new GuardrailsStack(app, group, register, asOf));
  for (const stack of apart)
    if (first) stack.addStackDependency(first, 'AWS may refuse it, and the others are then there already');
  new AnalyzerStack(app, ANALYZER_STACK, zone);
  new BaselineStack(app, BASELINE_STACK, zone, template);
  new BudgetsStack(app, BUDGETS_STACK, zone);
}

/** The kinds of resource that are deployed through the bootstrap of an account. */
function deployedTypes(app: App): Set<string> {
  const types = new Set<string>();
  for (const stack of app.node.children) {
    if (!(stack instanceof ZoneStack || stack instanceof OrganisationStack || stack instanceof SharesStack))
      continue;
    for (const node of stack.node.findAll())
      if (CfnResource.isCfnResource(node)) types.add(node.cfnResourceType);
  }
  return types;
}

function addMember(
  app: App,
  register: Register,
  organisation: Member,
  sharesEver: readonly Share[],
  asOf: IsoDate,
): void {
  const live = sharesEver.filter(isLive);
  const count = shardCount(sharesEver.length);
  const inShard = (shard: number) => live.filter((share) => shardOf(share.id, count) === shard);
  const name = stackName(organisation.id);
  const props = { register, organisation, asOf };
  let previous: OrganisationStack | SharesStack = new OrganisationStack(app, name, {
    ...props,
    shares: inShard(0),
    allShares: live,
  });
  for (let shard = 1; shard < count; shard++) {
    const next = new SharesStack(app, `${name}-shares-${shard}`, { ...props, shares: inShard(shard) });
    next.addStackDependency(previous, 'shares move only from earlier stacks to later ones');
    previous = next;
  }
}

function stackName(id: string): string {
  return `Organisation-${id}`;
}
