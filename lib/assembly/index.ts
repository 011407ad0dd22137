/** The one reader of a cloud assembly: other rooms import from here. */
export {
  type Assembly,
  type AssemblyUnderWay,
  artifactOf,
  assetManifestIn,
  assetsOf,
  jsonIn,
  openAssembly,
  openUnderWay,
  templateIn,
} from './assembly';
export { deployedFiles } from './deployed-files';
export { AssemblyError } from './errors';
export type { FileDigest, StillToWrite } from './files';
export { type Finding, type Findings, findingsOf } from './findings';
export {
  documentOf,
  ground,
  grounded,
  keyArnToBe,
  type Placed,
  placedIn,
  toldProperties,
  type Where,
} from './grounded';
export {
  askedPolicyFile,
  assetFolder,
  besideTemplate,
  GRANTS_FILE,
  isAskedPolicy,
  isBesideTemplates,
  MANIFEST_FILE,
  ORIGIN_FILE,
  REGISTER_FILE,
  REPORT_FILE,
  templateOfFile,
} from './layout';
export { type Deployers, inPartition, type Manifest, type StackArtifact, stackArtifacts } from './manifest';
export { type ConstructNote, constructPathsOf, notesOf } from './metadata';
export type { Origin } from './origin';
export { policyIn, policyOf } from './policies';
export { type Provenance, provenanceOf } from './register';
export { arnOf, arnToBe, isUnresolved, resolved, textOf, UNRESOLVED } from './resolve';
export { type AssemblyStack, isGroup, type Template, type TemplateResource } from './stack';
export type {
  AgreementFacts,
  AskedGrant,
  MadeAccessPoint,
  MadeBucket,
  MadeKey,
  MadeRole,
  OrganisationFacts,
  RegisterFacts,
  World,
} from './world';
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
