/**
 * Acknowledged findings. One is declared beside the construct that it concerns, for one resource and one finding, with
 * a reason, an owner and a day by which it is looked at again. There is no other way to acknowledge.
 */
import { type CfnResource, Validations } from 'aws-cdk-lib';
import { ACKNOWLEDGEMENT_NOTE } from '../../assembly';
import type { AppTree } from './template-check';

/** The packs of cdk-nag whose findings can be acknowledged, as their ids begin; a rule of theirs begins so again. */
type NagPack = 'AwsSolutions' | 'NIST.800.53.R5';

/** The id of a finding that can be acknowledged. */
type FindingId = `${NagPack}::${NagPack}-${string}` | `Concordat-PublicSector::${string}`;

/** A finding that is known and accepted. */
export interface Acknowledgement {
  /** The finding with its pack, and its detail where the rule gives one: `AwsSolutions::AwsSolutions-IAM5[Resource::…]`. */
  readonly rule: FindingId;
  /** Why the finding is no fault here, for an assessor. */
  readonly reason: string;
  /** The role that answers for it. */
  readonly owner: string;
  /** The last day on which the reason may be relied on without another look, YYYY-MM-DD. */
  readonly review: string;
}

/** An acknowledgement with the resource that it stands on. */
export interface PlacedAcknowledgement extends Acknowledgement {
  readonly resource: CfnResource;
}

/** What the CDK is told, by itself: a wording is kept once, not for each of the thousands of resources that it stands on. */
const told = new Map<string, string>();

/** Acknowledges a finding on one resource, and on that alone. */
export function acknowledge(resource: CfnResource, ...acknowledgements: readonly Acknowledgement[]): void {
  // As Validations.acknowledge does for one rule, but without a stack trace: they are what takes time at scale.
  const reasons = acknowledgements.map((each) => [each.rule, reasonOf(each)]);
  resource.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, Object.fromEntries(reasons));
  for (const each of acknowledgements) resource.node.addMetadata(ACKNOWLEDGEMENT_NOTE, each);
}

function reasonOf({ reason, owner, review }: Acknowledgement): string {
  const text = `${reason} Owner: ${owner}. Review by ${review}.`;
  const known = told.get(text);
  if (known === undefined) told.set(text, text);
  return known ?? text;
}

/** Every acknowledgement below a construct, in the order of its resources. */
export function acknowledgementsIn(scope: AppTree): PlacedAcknowledgement[] {
  return scope.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter((entry) => entry.type === ACKNOWLEDGEMENT_NOTE)
        .map((entry) => ({ ...(entry.data as Acknowledgement), resource: node as CfnResource })),
    );
}
