/** The one reader of a cloud assembly: other rooms import from here. */
export type { AgreementFacts, OrganisationFacts, RegisterFacts } from '../wire';
export {
  type Assembly,
  type AssemblyUnderWay,
  openAssembly,
  openUnderWay,
  underWayOf,
} from './assembly';
export { assetManifestIn, assetsOf } from './assets';
export { deletionsIn, isOfCopies, withoutCopiesRules } from './deletions';
export { deployedFiles } from './deployed-files';
export { type Difference, differencesOf, type Held } from './differences';
export { AssemblyError } from './errors';
export { type Finding, type Findings, findingsOf } from './findings';
export { grantListIn } from './grant-lists';
export { keyArnToBe, type Placed, placedIn, tagIn, toldProperties } from './grounded';
export { identityOf } from './identity';
export { jsonOf } from './json-text';
export {
  ASSEMBLY_FOLDER,
  askedPolicyFile,
  besideTemplate,
  isAskedPolicy,
  isBesideTemplates,
  MANIFEST_FILE,
  REPORT_FILE,
  templateOfFile,
} from './layout';
export { artifactOf, type Deployers, inPartition, stackArtifacts } from './manifest';
export { ACKNOWLEDGEMENT_NOTE, acknowledgementNotesOf, constructPathsOf } from './metadata';
export { liveOutcomesOf, registerFactsOf } from './origin';
export { jsonIn, letGoOf, templateIn } from './parsed-files';
export { physicalNames } from './physical-names';
export { isPlainWord } from './plain-word';
export { policyIn, policyOf, statementsOf } from './policies';
export { referencesIn } from './references';
export { provenanceOf } from './register';
export { arnOf, arnToBe, isUnresolved, resolved, textOf, UNRESOLVED } from './resolve';
export { type AssemblyStack, isGroup, type Template, type TemplateResource } from './stack';
export { stackSetTemplate } from './stack-set-template';
export type { MadeThing } from './things';
export type { MadeBaseline, MadeBucket, MadeKey, MadeRole, MadeTable, World } from './world';
export { ACCOUNT_OF_UNITS } from './world-baseline';
export {
  type Baseline,
  baselineIn,
  baselinesIn,
  type ControlPolicy,
  type Controls,
  controlsIn,
  FULL_ACCESS,
} from './world-guardrails';
export { worldOf } from './world-reader';
