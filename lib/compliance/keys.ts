/** The keys that checks judge: those that templates make, and those that organisations bring, by the policies asked for. */
import { askedPolicyFile } from '../assembly';
import type { JudgedAssembly, Judgement } from './check';
import { type Member, membersOf, organisationOf, purposeOf, statementsInFile } from './facts';
import { fail, notAsked, onFile, onManifest, onResource, resourcesOf, type Verdict } from './judging';
import { type CheckedStatement, statementsAt } from './statements';

/** One key with its policy. */
export interface JudgedKey {
  readonly account: string;
  /** `shared-data`, `ledger`; what the tag says. */
  readonly purpose: string;
  /** Whose key it is, where it encrypts what a member shares. */
  readonly member?: Member;
  readonly statements: readonly CheckedStatement[];
  /** The key’s own properties; absent where the organisation made it. */
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly judge: (verdict: Verdict) => Judgement;
}

const known = new WeakMap<JudgedAssembly, readonly JudgedKey[]>();

/** Every key whose policy is in the assembly. */
function keysIn(assembly: JudgedAssembly): readonly JudgedKey[] {
  const found = known.get(assembly);
  if (found) return found;
  const made = resourcesOf(assembly, ['AWS::KMS::Key']).map((seen): JudgedKey => {
    const organisation = organisationOf(assembly, seen.stack);
    const purpose = purposeOf(seen);
    return {
      account: seen.stack.account,
      purpose,
      ...(purpose === 'shared-data' && organisation?.membership === 'member' && { member: organisation }),
      statements: statementsAt(seen, 'KeyPolicy'),
      properties: seen.resource.properties,
      judge: (verdict) => onResource(seen, verdict),
    };
  });
  const brought = membersOf(assembly)
    .filter((each) => 'keyArn' in each.custody)
    .map((member): JudgedKey => {
      const file = askedPolicyFile(member.id);
      return {
        account: member.account,
        purpose: 'shared-data',
        member,
        statements: statementsInFile(assembly, file),
        judge: (verdict) =>
          assembly.files.has(file)
            ? onFile(assembly, file, verdict)
            : onManifest(
                assembly,
                fail(`there is no ${file}, which would say who uses the key of ${member.id}`, 'artifacts'),
              ),
      };
    });
  const keys = [...made, ...brought];
  known.set(assembly, keys);
  return keys;
}

/**
 * Judges each key of some purposes.
 * @param others why other keys are not asked; without it they are passed over
 */
export function eachKey(
  purposes: readonly string[] | 'all',
  look: (key: JudgedKey, assembly: JudgedAssembly) => Verdict | readonly Verdict[],
  others?: (key: JudgedKey) => string,
): (assembly: JudgedAssembly) => readonly Judgement[] {
  return (assembly) => {
    const judgements = keysIn(assembly).flatMap((key) => {
      const wanted = purposes === 'all' || purposes.includes(key.purpose);
      if (!wanted && others === undefined) return [];
      const verdicts = wanted
        ? [look(key, assembly)].flat()
        : [notAsked(others?.(key) ?? '', 'Properties', 'Tags')];
      return verdicts.map((verdict) => key.judge(verdict));
    });
    return judgements.length > 0
      ? judgements
      : [onManifest(assembly, notAsked('The assembly has no such key.', 'artifacts'))];
  };
}
