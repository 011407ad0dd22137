/** The stacks of an assembly, as their templates give them. */

/** A resource as a template gives it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
  /** The condition on which it is made. */
  readonly Condition?: unknown;
}

/** A template, with whatever else it holds. */
export interface Template {
  readonly Description?: unknown;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** One stack of an assembly. */
export interface AssemblyStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The template’s file, relative to the assembly. */
  readonly file: string;
  readonly bytes: number;
  /** Whether the template goes to CloudFormation as it is, not by way of a bucket: so it must be short. */
  readonly isInline?: boolean;
  /** Without those whose condition never holds: CloudFormation does not make them. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** Which conditions of the template hold; undefined of one that only a deployment settles. */
  readonly conditions?: ReadonlyMap<string, boolean | undefined>;
  /** What whoever deploys the stack is asked for. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Whether a value has the form of a template. */
export function isTemplate(value: unknown): value is Template {
  if (!isGroup(value)) return false;
  const { Parameters, Resources } = value;
  if (Parameters !== undefined && !isGroup(Parameters)) return false;
  if (Resources === undefined) return true;
  return (
    isGroup(Resources) &&
    Object.values(Resources).every(
      (each) =>
        isGroup(each) &&
        typeof each.Type === 'string' &&
        [each.Properties, each.Metadata].every((part) => part === undefined || isGroup(part)),
    )
  );
}

/** Whether a value is a JSON object. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
