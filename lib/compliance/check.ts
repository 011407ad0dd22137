/**
 * What a check of the public-sector pack is. Checks are pure functions of a synthesised assembly, so that the same ones run
 * at synth and again over any folder that an assessor is given.
 */
import type { Template, TemplateResource } from '../assembly';
import type { RegisterContent } from '../register';

/** One check. */
export interface Check {
  /** Permanent: `S3-OWNKEY`. */
  readonly id: string;
  /** What must hold, in one plain sentence. */
  readonly title: string;
  /** Resource types with the paths of the properties that are read: `AWS::S3::Bucket BucketEncryption`. */
  readonly reads: readonly string[];
  /** Why it matters, for an assessor. */
  readonly why: string;
  /** The goals (`csp-1_goal.2`), or sub-principles (`csp-2.3`) without goals, that it bears on. */
  readonly goals: readonly string[];
  /** What may still be wrong when it passes. */
  readonly doesNotProve: string;
  readonly remediation: string;
  /** Whether it reads the validation report, which a synth has not written when it asks the checks. */
  readonly afterSynth?: true;
  /** A judgement for each resource or file that was read, and at least one. */
  readonly judge: (assembly: JudgedAssembly) => readonly Judgement[];
}

/** What a check makes of one resource, or of one file. */
export interface Judgement {
  readonly outcome: 'pass' | 'fail' | 'not applicable';
  /** In the assembly: `Organisation-dwp.template.json`, `manifest.json`, `register.json`. */
  readonly file: string;
  /** RFC 6901. Resolves in that file, to what showed it; where something is missing, to what it is missing from. */
  readonly pointer: string;
  readonly resource?: JudgedPlace;
  /** What is there, in plain words. */
  readonly saw: string;
  /** `register/agreements/x.yaml:12`, where the resource says that it comes from there. */
  readonly register?: string;
}

/** A resource, as an assessor finds it. */
interface JudgedPlace {
  readonly logicalId: string;
  readonly type: string;
  readonly constructPath?: string;
}

/** An assembly as the checks read it. */
export interface JudgedAssembly {
  /** The day that it was made for, YYYY-MM-DD. */
  readonly asOf: string;
  readonly register: RegisterContent;
  /** In the order of their names. */
  readonly stacks: readonly JudgedStack[];
  /** Of other files of the assembly, `key-policy-hmcts.json` or `asset.1bb6/grants.json`, what they hold. */
  readonly files: ReadonlyMap<string, unknown>;
  /** `manifest.json`. */
  readonly manifest: unknown;
  /** Whether the validation report is still to be written, since the checks are part of what it reports. */
  readonly underWay: boolean;
}

/** One stack of an assembly. */
export interface JudgedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The template’s file. */
  readonly file: string;
  /** The stack’s artefact in `manifest.json`. */
  readonly artifact: string;
  readonly terminationProtection: boolean;
  readonly resources: readonly JudgedResource[];
  /** `asset.1bb6` by the S3 key under which the stack’s template asks for it. */
  readonly assets: ReadonlyMap<string, string>;
  /** All of the template. */
  readonly template: Template;
  /** The template as text, made when it is asked for: the texts of all would be held all the while. */
  readonly text: () => string;
  /** The SHA-256 of the template’s bytes, in hex. */
  readonly sha256: string;
}

/** One resource of a stack. */
export interface JudgedResource extends JudgedPlace {
  /** With CloudFormation’s functions replaced by the text that they come to, as far as the template tells. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** As the template has it. */
  readonly template: TemplateResource;
  readonly register?: string;
}
