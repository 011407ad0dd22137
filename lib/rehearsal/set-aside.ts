/** Resource types that an endpoint on one machine can’t take, each tried by itself, and what the rehearsal does instead. */

import type { TemplateResource } from '../assembly';

/** How the rehearsal treats a type that it does not deploy. */
export interface SetAside {
  readonly instead: 'decided by simulation' | 'not rehearsed here';
  readonly why: string;
}

/** With ministack 1.4.21 each of these fails its stack. */
export const SET_ASIDE: Readonly<Record<string, SetAside>> = {
  'AWS::S3::AccessPoint': {
    instead: 'decided by simulation',
    why: 'The endpoint has no access points. The rehearsal keeps their policies as the templates give them, lets the grant broker change them, and asks them on each request.',
  },
  'AWS::CloudTrail::Trail': {
    instead: 'not rehearsed here',
    why: 'The endpoint can’t make an organisation trail. The rehearsal writes the log files that CloudTrail would.',
  },
  'AWS::GuardDuty::MalwareProtectionPlan': {
    instead: 'not rehearsed here',
    why: 'The endpoint has no GuardDuty. The rehearsal looks for the EICAR test string and tags what was deposited.',
  },
  'AWS::AccessAnalyzer::Analyzer': {
    instead: 'not rehearsed here',
    why: 'The endpoint has no AWS Organizations, and no IAM Access Analyzer.',
  },
  'AWS::Organizations::Policy': {
    instead: 'not rehearsed here',
    why: 'The endpoint has no AWS Organizations.',
  },
  'AWS::CloudFormation::StackSet': {
    instead: 'not rehearsed here',
    why: 'The endpoint has no stack sets. The rehearsal moves an account between units in a model of what AWS documents.',
  },
};

/** Whether the endpoint can’t take a resource: its type, or an alarm that asks metrics by a query. */
export function isSetAside({ Type, Properties = {} }: TemplateResource): boolean {
  return Type in SET_ASIDE || (Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties);
}
