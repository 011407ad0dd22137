/**
 * The rule packs that run at every synth, and the checks on acknowledgements: each must be declared through
 * `acknowledge`, in date, and cover a finding that is really there.
 */
import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Validations,
} from 'aws-cdk-lib';
import { dayWords } from '../../register/calendar';
import { acknowledgementsIn, type PlacedAcknowledgement } from './acknowledgement';
import { AwsSolutionsByShape, NistByShape, type ShapeOf } from './asked-by-shape';
import type { AppTree, TemplateCheck, TemplateContext } from './template-check';

/** What is registered on an app: first what looks at its resources, and behind that what needs no more of it than its tree. */
export interface Checks {
  readonly ofResources: readonly IPolicyValidationPlugin[];
  readonly ofTemplates: readonly TemplateCheck[];
}

/**
 * Every pack, and after them the checks on acknowledgements as of a day, which ask what all packs have found.
 * @param ours packs besides those of cdk-nag
 * @param shapeOf tells which resources cdk-nag need not be asked about again; it is asked about each if not given
 */
export function packs(
  asOf: string,
  ours: readonly TemplateCheck[] = [],
  shapeOf: ShapeOf = () => undefined,
): Checks {
  const ofResources = [new AwsSolutionsByShape(shapeOf), new NistByShape(shapeOf)].map(
    (pack) => new RecordedPack<IPolicyValidationContext>(pack),
  );
  const ofTemplates = ours.map((pack) => new RecordedPack<TemplateContext>(pack));
  const acknowledgements = new AcknowledgementChecks([...ofResources, ...ofTemplates], asOf);
  return { ofResources, ofTemplates: [...ofTemplates, acknowledgements] };
}

/** Findings by `Pack::Rule` and construct path. */
type FindingKey = `${string} ${string}`;

/** Runs a pack and remembers what it found, which the core then filters by acknowledgements. */
class RecordedPack<Context extends TemplateContext> {
  readonly name: string;
  readonly found = new Set<FindingKey>();

  constructor(
    private readonly pack: {
      readonly name: string;
      readonly validate: (context: Context) => PolicyValidationPluginReport;
    },
  ) {
    this.name = pack.name;
  }

  readonly validate = (context: Context): PolicyValidationPluginReport => {
    const report = this.pack.validate(context);
    for (const violation of report.violations) {
      for (const resource of violation.violatingResources) {
        this.found.add(`${this.name}::${violation.ruleName} ${resource.constructPath ?? ''}`);
      }
    }
    return report;
  };
}

/** Finds acknowledgements that are past their review, cover nothing, or were made in another way. */
class AcknowledgementChecks implements TemplateCheck {
  readonly name = 'Concordat-Acknowledgements';

  constructor(
    private readonly packs: readonly { readonly found: ReadonlySet<FindingKey> }[],
    private readonly asOf: string,
  ) {}

  validate({ appConstruct }: TemplateContext): PolicyValidationPluginReport {
    const declared = acknowledgementsIn(appConstruct);
    const violations = [
      ...this.#expired(declared),
      ...this.#idle(declared),
      ...undeclared(appConstruct, declared),
    ];
    return { success: violations.length === 0, violations };
  }

  #expired(declared: readonly PlacedAcknowledgement[]): PolicyViolation[] {
    return declared
      .filter((each) => each.review < this.asOf)
      .map(({ rule, review, owner, resource }) =>
        violation(
          'AcknowledgementPastReview',
          `The acknowledgement of ${rule} was to be looked at again by ${dayWords(review)}.`,
          `Ask ${owner} whether the reason still holds, and set a new review date or fix the finding.`,
          resource.node.path,
        ),
      );
  }

  #idle(declared: readonly PlacedAcknowledgement[]): PolicyViolation[] {
    return declared
      .filter(
        ({ rule, resource }) => !this.packs.some((pack) => pack.found.has(`${rule} ${resource.node.path}`)),
      )
      .map(({ rule, resource }) =>
        violation(
          'AcknowledgementCoversNothing',
          `The acknowledgement of ${rule} covers no finding on this resource.`,
          'Remove it, or write the id as the finding gives it.',
          resource.node.path,
        ),
      );
  }
}

/** CDK takes an acknowledgement from anywhere, without owner or date, for whole trees; here each has both and one resource. */
function undeclared(app: AppTree, all: readonly PlacedAcknowledgement[]): PolicyViolation[] {
  const declared = new Set(all.map(({ rule, resource }) => `${rule} ${resource.node.path}`));
  return app.node.findAll().flatMap((node) =>
    node.node.metadata
      .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap((entry) => Object.keys(entry.data as object))
      .filter((rule) => !declared.has(`${rule} ${node.node.path}`))
      .map((rule) =>
        violation(
          'AcknowledgementUndeclared',
          `${rule} is acknowledged without an owner and a review date, or not on a single resource.`,
          'Use acknowledge() from lib/compliance/packs/acknowledgement.ts on the resource concerned, with an id of the form Pack::Rule.',
          node.node.path,
        ),
      ),
  );
}

function violation(
  ruleName: string,
  description: string,
  fix: string,
  constructPath: string,
): PolicyViolation {
  return {
    ruleName,
    description,
    fix,
    // CDK lets an error be acknowledged, but nothing that is fatal: else this check could be told to overlook itself.
    severity: 'fatal',
    violatingResources: [{ constructPath, locations: ['Metadata'] }],
  };
}
