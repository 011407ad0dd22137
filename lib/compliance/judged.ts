/** A cloud assembly as the checks of the public-sector pack judge it. */
import {
  type Assembly,
  type AssemblyStack,
  artifactOf,
  assetsOf,
  constructPathsOf,
  isBesideTemplates,
  jsonIn,
  MANIFEST_FILE,
  type Placed,
  placedIn,
  provenanceOf,
  REPORT_FILE,
  type Template,
  type TemplateResource,
  templateIn,
} from '../assembly';
import { GRANT_LIST_FILE } from '../wire';
import type { JudgedAssembly, JudgedResource, JudgedStack } from './check';

/**
 * Derives what is judged. During a synth the construct paths are left out: the constructs themselves are at hand then, and
 * their paths in files take as long to read as the templates.
 * @throws AssemblyError if a file is missing or is not JSON, or the assembly is not one of Concordat’s
 */
export function judgedOf(assembly: Assembly): JudgedAssembly {
  const { asOf, register } = provenanceOf(assembly);
  const files = filesBeside(assembly);
  const stacks = assembly.stacks.map((stack) => {
    const assets = assetsOf(assembly, stack);
    for (const path of assets.values()) {
      const list = `${path}/${GRANT_LIST_FILE}`;
      if (files.has(list)) continue;
      const content = jsonIn(assembly, list);
      if (content !== undefined) files.set(list, content);
    }
    const template = templateIn(assembly, stack.file);
    return judgedStack(stack, {
      assets,
      artifact: artifactOf(assembly, stack)?.id ?? stack.name,
      terminationProtection: artifactOf(assembly, stack)?.properties.terminationProtection === true,
      template,
      // During a synth the texts of files are let go of: what the CDK writes of a template is this, but for its indentation.
      text: () => (assembly.underWay ? JSON.stringify(template) : (assembly.file(stack.file) ?? '')),
      paths: assembly.underWay ? new Map() : constructPathsOf(assembly, stack),
      sha256: assembly.digest(stack.file).sha256,
    });
  });
  return {
    asOf,
    register,
    stacks,
    files,
    manifest: jsonIn(assembly, MANIFEST_FILE),
    underWay: assembly.underWay,
  };
}

/** What lies beside the templates, with the validation report where there is one. @throws AssemblyError as above */
export function filesBeside(assembly: Assembly): Map<string, unknown> {
  return new Map(
    assembly
      .names()
      .filter((file) => isBesideTemplates(file) || file === REPORT_FILE)
      .map((file) => [file, jsonIn(assembly, file)]),
  );
}

/** What is known of a stack besides its resources. @internal Only tests import it. */
export interface StackFacts
  extends Pick<JudgedStack, 'artifact' | 'terminationProtection' | 'assets' | 'text' | 'sha256'> {
  readonly template: Template;
  /** Construct paths by logical id. */
  readonly paths: ReadonlyMap<string, string>;
}

/** A stack with its functions replaced. @internal Only tests import it. */
export function judgedStack(stack: AssemblyStack, { paths, ...facts }: StackFacts): JudgedStack {
  const { name, account, region, file } = stack;
  return {
    name,
    account,
    region,
    file,
    ...facts,
    resources: placedIn(stack).map((placed) => new JudgedPlaced(placed, paths.get(placed.id))),
  };
}

/** A resource with its functions replaced once its properties are asked for. */
class JudgedPlaced implements JudgedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly template: TemplateResource;
  readonly register?: string;
  readonly #placed: Placed;

  constructor(
    placed: Placed,
    readonly constructPath: string | undefined,
  ) {
    const { id, resource } = placed;
    const { source } = (resource.Metadata?.Concordat ?? {}) as { source?: unknown };
    this.#placed = placed;
    this.logicalId = id;
    this.type = resource.Type;
    this.template = resource;
    if (typeof source === 'string') this.register = `register/${source}`;
  }

  get properties(): JudgedResource['properties'] {
    return this.#placed.properties;
  }
}
