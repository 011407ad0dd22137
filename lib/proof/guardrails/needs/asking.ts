/** One request that must be possible with every guardrail attached, and the words in which such requests are written down. */
import type { OrganisationFacts, RegisterFacts } from '../../../assembly';
import type { CallerInput, ContextValue } from '../../../iam';
import { claimsOf } from '../../rights/claims';
import { instanceOf } from '../../rights/requests';
import type { Things } from '../things';

/** One request that must be possible. */
export interface Need {
  /** Undefined of a service. */
  readonly caller: CallerInput;
  /** The AWS organisation of whoever asks; undefined of services, and of an account in none. */
  readonly awsOrganization: string | undefined;
  readonly action: string;
  readonly resource: string;
  /** Whose the resource is. */
  readonly account: string;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The unit of custody that it is asked in, where one counts. */
  readonly custody?: string;
  /** It is asked in the account of those who deploy. */
  readonly ofDeployers?: true;
}

const GLOBAL = /^(?:account|budgets|cloudfront|iam|organizations):/;
/** Of an external, which has an organisation of its own. */
export const ELSEWHERE = 'o-elsewhere00';

/** Who asks for what in one landing zone. Actions are given as one text, with a space between two. */
export class Asking {
  readonly ledger: string;
  /** One of the operator’s keys: guardrails take all of them alike. */
  readonly zoneKey: string;
  readonly #within: string;

  constructor(
    readonly register: RegisterFacts,
    readonly things: Things,
  ) {
    const { accounts, awsOrganizationId, namePrefix, region } = register.zone;
    this.#within = awsOrganizationId;
    this.ledger = `arn:aws:s3:::${namePrefix}-ledger-${accounts.zone}-${region}-an`;
    [this.zoneKey = ''] = things.keys(accounts.zone);
  }

  role(account: string, name: string): CallerInput {
    return { type: 'role', arn: `arn:aws:iam::${account}:role/${name}`, session: 'session' };
  }

  /** A role of the landing zone, by its purpose. */
  own(account: string, purpose: string): CallerInput {
    return this.role(account, `concordat/concordat-${purpose}`);
  }

  /** The role by which CloudFormation deploys the stacks of an account. */
  deploying(account: string): CallerInput {
    return this.role(account, `cdk-concordat-cfn-exec-role-${account}-${this.register.zone.region}`);
  }

  /** @param awsOrganization of whoever asks; ours if not given, null where there is none */
  ask(
    caller: CallerInput,
    account: string,
    actions: string,
    resource: string,
    context: Need['context'] = {},
    awsOrganization: string | null = this.#within,
  ): Need[] {
    return actions.split(' ').map((action) => ({
      caller,
      awsOrganization: awsOrganization ?? undefined,
      action,
      resource,
      account,
      context: { ...this.#connection(action), ...context },
    }));
  }

  /** An AWS service that says for which account it acts. */
  ofService(service: string, account: string, actions: string, resource: string, forAccount: string): Need[] {
    const context = { 'aws:SourceAccount': forAccount, 'aws:SourceOrgID': this.#within };
    return this.ask({ type: 'service', service }, account, actions, resource, context, null);
  }

  /** All that roles of the landing zone need for what they are there for. */
  purposes(account: string, organisation: OrganisationFacts | undefined, names: readonly string[]): Need[] {
    const { register } = this;
    return names.flatMap((name) =>
      claimsOf(`concordat/concordat-${name}`, { account, organisation, register, key: undefined })
        .filter(({ isNeeded }) => isNeeded)
        .flatMap(({ actions, resources, when }) =>
          resources
            .map((each) => instanceOf(each))
            .flatMap((each) =>
              this.ask(this.own(account, name), accountIn(each) ?? account, actions.join(' '), each, when),
            ),
        ),
    );
  }

  /** What an organisation reads of the ledger: its receipts. */
  receipts(account: string, awsOrganization: string | null = this.#within): Need[] {
    const reader = this.own(account, 'receipts');
    const { zone: operator } = this.register.zone.accounts;
    return [
      ...this.ask(reader, operator, 's3:GetObject', `${this.ledger}/receipts/any1`, {}, awsOrganization),
      ...this.ask(reader, operator, 'kms:Decrypt', this.zoneKey, {}, awsOrganization),
    ];
  }

  /** How requests come: to the Region, over the TLS of today. */
  #connection(action: string): Need['context'] {
    return {
      'aws:RequestedRegion': GLOBAL.test(action) ? 'us-east-1' : this.register.zone.region,
      'aws:SecureTransport': 'true',
      ...(action.startsWith('s3:') && { 's3:TlsVersion': '1.3' }),
    };
  }
}

function accountIn(arn: string): string | undefined {
  return /:(\d{12}):/.exec(arn)?.[1];
}
