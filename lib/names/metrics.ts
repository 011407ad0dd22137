/**
 * The metrics that functions report, each with its unit: the one table that their logs, the alarms and the dashboard take
 * names from. An alarm on a name that no function reports never goes off, which no one would notice.
 */
import type { FunctionName } from './names';

/** One function’s metrics. CloudWatch has no unit for minutes and days. */
interface Reported {
  readonly namespace: `Concordat/${string}`;
  readonly units: Readonly<Record<string, 'Count' | 'Seconds' | 'None'>>;
}

/** Each function’s metrics; their dimension is the function’s name, and of refusals the account that was refused as well. */
export const FUNCTION_METRICS = {
  'concordat-grant-broker': {
    namespace: 'Concordat/KeyGrants',
    units: {
      GrantsInForce: 'Count',
      GrantsCreated: 'Count',
      GrantsRevoked: 'Count',
      GrantsPending: 'Count',
      UnexpectedGrants: 'Count',
      Failures: 'Count',
      OldestPendingMinutes: 'None',
      StoppedShares: 'Count',
      /** Access points that were closed again because their share is stopped. */
      StopsHeld: 'Count',
      StopsLifted: 'Count',
      CustodyFaults: 'Count',
      KeyMaterialDaysLeft: 'None',
    },
  },
  'concordat-release-gate': {
    namespace: 'Concordat/ReleaseGate',
    units: {
      /** Versions that were released, and that were rejected, in the run. */
      Released: 'Count',
      Rejected: 'Count',
      /** Checks that one run could not end, and that the state machine goes on with. */
      HandedOn: 'Count',
      /** What could not be decided and is tried again, and notices that could not be sent. */
      Failures: 'Count',
      /** Versions that a sweep looked at. Only sweeps report it, each of them. */
      Swept: 'Count',
      /** How long the oldest version that a sweep met with a clean verdict has waited for the gate; 0 if none waits. */
      OldestWaitingMinutes: 'None',
    },
  },
  'concordat-transfer-audit': {
    namespace: 'Concordat/Audit',
    units: {
      Staged: 'Count',
      Violations: 'Count',
      /** Keys put out of use, and policies of tables and topics changed past a deployment. */
      SilencingChanges: 'Count',
      /** Deposits in which the scan found malware. */
      ThreatsFound: 'Count',
      /** Requests that AWS refused; by account, as `REFUSED_ACCOUNT` names the dimension. */
      Refusals: 'Count',
      Unreadable: 'Count',
      DigestGaps: 'Count',
      NonDelivery: 'Count',
      Failures: 'Count',
      LagSeconds: 'Seconds',
    },
  },
  'concordat-ledger-seal': {
    namespace: 'Concordat/Ledger',
    units: {
      Sealed: 'Count',
      /** The longest that an entry of the run had waited; 0 if there was none. */
      SealingLagSeconds: 'Seconds',
      Failures: 'Count',
      /** What the ledger’s bucket holds and the sealer can’t have written. */
      Damaged: 'Count',
      TimestampFailures: 'Count',
    },
  },
  'concordat-notices': {
    namespace: 'Concordat/Notices',
    units: {
      /** Notices that GOV.UK Notify or SNS took. Each run reports it. */
      Sent: 'Count',
      /** Notices that were not taken, and are tried again. */
      Failures: 'Count',
      /** Notices that are given up: too late, or of which it cannot be known whether they went. */
      GivenUp: 'Count',
      /** How long the oldest notice has waited to be sent; 0 if none waits. */
      WaitingSeconds: 'Seconds',
    },
  },
} as const satisfies Readonly<Record<FunctionName, Reported>>;

/** The dimension of refusals that names the account that asked. */
export const REFUSED_ACCOUNT = 'Account';

/** The name of a metric that a function reports. */
export type MetricOf<Name extends FunctionName> = keyof (typeof FUNCTION_METRICS)[Name]['units'] & string;
