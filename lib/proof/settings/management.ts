/**
 * What the management account is to have: the guardrails at their stage, what every account begins with, the trail, and the
 * analyzer. What guardrails and the baseline say is judged elsewhere; that they are there, and for whom, is judged here.
 */
import type { RegisterFacts } from '../../assembly';
import type { Expected } from './expected';
import { ANYTHING, textLike, type Wanted, type WantedGroup } from './wanted';

const SERVICE = 'SERVICE_CONTROL_POLICY';
const RESOURCE = 'RESOURCE_CONTROL_POLICY';
/** Attached from the first stage on, by name. */
const GUARDRAILS: Readonly<Record<string, string>> = {
  'concordat-residency': SERVICE,
  'concordat-accountability': SERVICE,
  'concordat-functions': SERVICE,
  'concordat-data': SERVICE,
  'concordat-perimeter': RESOURCE,
  'concordat-perimeter-services': RESOURCE,
  'concordat-block-public-access': 'S3_POLICY',
};

/** Everything in the management account; nothing of an assembly from before there were guardrails. */
export function inManagement(register: RegisterFacts): Expected[] {
  const { zone } = register;
  const { management: account } = zone.accounts;
  return [
    ...guardrails(account, zone.guardrails),
    ...baseline(account, register),
    trail(account, register),
    {
      account,
      type: 'AWS::AccessAnalyzer::Analyzer',
      name: 'concordat-external-access',
      settings: { AnalyzerName: 'concordat-external-access', Type: 'ORGANIZATION' },
    },
  ];
}

type Guardrails = NonNullable<RegisterFacts['zone']['guardrails']>;

function guardrails(account: string, at: Guardrails | undefined): Expected[] {
  if (at === undefined) return [];
  const isEverywhere = at.stage === 'all';
  const { canary, members, zone, custody = {} } = at.units;
  const units = at.stage === 'nowhere' ? [] : isEverywhere ? [canary, members, zone] : [canary];
  const deployers = isEverywhere ? [...new Set(at.deployers.map((arn) => arn.split(':')[4] ?? ''))] : [];
  const kinds = typeof custody === 'string' ? {} : custody;
  return [
    ...Object.entries(GUARDRAILS).map(([name, type]) =>
      guardrail(account, name, type, name === 'concordat-accountability' ? [...units, ...deployers] : units),
    ),
    guardrail(account, 'concordat-deployers', SERVICE, deployers),
    ...Object.entries(kinds).map(([kind, unit]) =>
      guardrail(account, `concordat-custody-${kind}`, SERVICE, isEverywhere ? [unit] : []),
    ),
  ];
}

function guardrail(account: string, name: string, Type: string, units: readonly unknown[]): Expected {
  return {
    account,
    type: 'AWS::Organizations::Policy',
    name,
    settings: {
      Name: name,
      Type,
      Content: ANYTHING,
      ...(units.length > 0 && { TargetIds: units.map(String) }),
    },
  };
}

function baseline(account: string, { zone }: RegisterFacts): Expected[] {
  if (zone.guardrails === undefined) return [];
  const { canary, members, zone: operators } = zone.guardrails.units;
  const stackSet = (name: string, settings: WantedGroup): Expected => ({
    account,
    type: 'AWS::CloudFormation::StackSet',
    name,
    settings: {
      StackSetName: name,
      TemplateBody: ANYTHING,
      PermissionModel: 'SERVICE_MANAGED',
      ManagedExecution: { Active: true },
      OperationPreferences: ANYTHING,
      StackInstancesGroup: [
        {
          DeploymentTargets: { OrganizationalUnitIds: [canary, members, operators].map(String) },
          Regions: [zone.region],
        },
      ],
      ...settings,
    },
  });
  return [
    stackSet('concordat-baseline', {
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      // An account that moves between units keeps what it has, and one that joins begins with it.
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
    }),
    stackSet('concordat-budgets', {
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    }),
  ];
}

function trail(account: string, { zone }: RegisterFacts): Expected {
  const data = { Field: 'eventCategory', Equals: ['Data'] };
  const ofType = (type: string) => ({ Field: 'resources.type', Equals: [type] });
  const selector = (...FieldSelectors: Wanted[]) => ({ Name: ANYTHING, FieldSelectors });
  const broker = ':function:concordat-grant-broker';
  return {
    account,
    type: 'AWS::CloudTrail::Trail',
    name: 'concordat-trail',
    settings: {
      TrailName: 'concordat-trail',
      S3BucketName: `${zone.namePrefix}-logs-${zone.accounts.zone}-${zone.region}-an`,
      // Its parameter takes no other than a key of the operator’s account.
      KMSKeyId: textLike(
        new RegExp(`^arn:aws:kms:${zone.region}:${zone.accounts.zone}:key/`),
        'the ARN of a key in the operator’s account',
      ),
      IsLogging: true,
      IsOrganizationTrail: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      AdvancedEventSelectors: [
        selector({ Field: 'eventCategory', Equals: ['Management'] }),
        selector(data, ofType('AWS::S3::Object'), {
          Field: 'resources.ARN',
          StartsWith: [`arn:aws:s3:::${zone.namePrefix}-exchange-`],
        }),
        ...(zone.mailbox?.served === undefined
          ? []
          : [
              selector(
                data,
                ofType('AWS::S3::Object'),
                { Field: 'readOnly', Equals: ['false'] },
                {
                  Field: 'resources.ARN',
                  StartsWith: [
                    `arn:aws:s3:::${zone.namePrefix}-mailbox-${zone.accounts.zone}-${zone.region}-an/`,
                  ],
                },
              ),
            ]),
        selector(data, ofType('AWS::S3::AccessPoint')),
        selector(data, ofType('AWS::Lambda::Function'), {
          Field: 'resources.ARN',
          EndsWith: [broker, `${broker}:stop`, `${broker}:lift`],
        }),
      ],
    },
  };
}
