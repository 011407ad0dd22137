/** What to do where AWS refuses a policy because somebody whom it names is not there: an account that was closed, mostly. */
import { type Assembly, provenanceOf } from '../assembly';
import { stackCalled } from './fleet';

/**
 * What S3 and IAM, KMS, and SNS say of such a principal.
 * @see https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error
 * @see https://repost.aws/knowledge-center/kms-policy-error-invalid-principals
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/26041
 */
const REFUSALS = /Invalid principal in policy|one or more invalid principals|PrincipalNotFound/i;
/** Several reasons may be one text, each after the id of its resource. */
const BETWEEN_REASONS = /; (?=[A-Za-z0-9]+: )/;
const ACCOUNT = /^arn:[^:]+:iam::(\d{12}):/;

/** The accounts that a resource lets in, but for its own, as people know them. */
export type LetIn = (stack: string, resource: string) => readonly string[];

/**
 * What to do, as a sentence without its full stop; undefined where no reason tells of such a refusal.
 * @param why what went wrong in a stack
 * @param letIn whom a resource of that stack lets in; nobody where that is not known
 */
export function refusedPrincipalWords(
  why: readonly string[],
  letIn: (resource: string) => readonly string[] = () => [],
): string | undefined {
  const refused = why.flatMap((each) => each.split(BETWEEN_REASONS)).filter((each) => REFUSALS.test(each));
  if (refused.length === 0) return undefined;
  const named = [...new Set(refused.flatMap((each) => letIn(each.slice(0, each.indexOf(':')))))].sort();
  const whom = named.length === 0 ? '' : ` (it names ${named.join(', ')})`;
  return `AWS does not find an account that this policy names${whom}: if that was closed, take its organisation out of the register by npx concordat leave ID, or for now by npx concordat pause ID, and roll that out`;
}

/** Whom the resources of a plan let in, on either of its sides. */
export function letInBy(sides: readonly Assembly[]): LetIn {
  return (stack, resource) => {
    const found = sides.flatMap((assembly) => {
      const held = stackCalled(assembly, stack);
      const properties = held?.resources[resource]?.Properties;
      const { organisations } = provenanceOf(assembly).register;
      return principalsIn(properties)
        .map((each) => ACCOUNT.exec(each)?.[1])
        .filter((each) => each !== undefined && each !== held?.account)
        .map((account) => {
          const organisation = organisations.find((each) => each.account === account);
          return organisation === undefined ? `${account}` : `${account} of ${organisation.id}`;
        });
    });
    return [...new Set(found)];
  };
}

/** All texts under `Principal`, wherever it stands. */
function principalsIn(value: unknown, isPrincipal = false): string[] {
  if (typeof value === 'string') return isPrincipal ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    principalsIn(each, isPrincipal || key === 'Principal'),
  );
}
