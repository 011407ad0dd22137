/**
 * The operator’s stack: log archive, transfer audit, ledger, alarms, and the mailbox’s page where the zone serves it. It does
 * not grow with organisations.
 */
import type { Construct } from 'constructs';
import {
  addZoneAlarms,
  LedgerSeal,
  LedgerStore,
  LogArchive,
  MailboxPage,
  Notices,
  SecurityAlerts,
  SecurityChanges,
  StopAllRole,
  TransferAudit,
  ZoneDashboard,
} from '../constructs';
import { zoneFunctions, zoneTellsBy } from '../names';
import { mayStopAll } from '../policy';
import type { Register } from '../register';
import type { IsoDate } from '../register/calendar';
import { bootstrapped } from './bootstrapped';
import { ConcordatStack } from './concordat-stack';
import { accountsOf, externalsStaying } from './external-accounts';
import { madeLast } from './made-last';

/** The name of the stack. */
export const ZONE_STACK = 'Zone';

/** Holds no organisation’s data, and no permission to decrypt any of it. */
export class ZoneStack extends ConcordatStack {
  constructor(scope: Construct, id: string, register: Register, asOf: IsoDate) {
    const { zone } = register;
    super(scope, id, {
      env: { account: zone.accounts.zone, region: zone.region },
      terminationProtection: true,
      synthesizer: bootstrapped(zone),
      description: 'Concordat: log archive, transfer audit and ledger of the zone',
    });
    const alerts = new SecurityAlerts(this, 'SecurityAlerts', {
      zone,
      account: zone.accounts.zone,
      whose: 'the zone',
      mailbox: zone.alertAddress,
      functions: zoneFunctions(zone),
    });
    const archive = new LogArchive(this, 'LogArchive', zone);
    const externals = accountsOf(externalsStaying(register, asOf));
    const store = new LedgerStore(this, 'Ledger', { zone, externals });
    const audit = new TransferAudit(this, 'TransferAudit', {
      register,
      queue: archive.queue,
      keys: { trail: archive.keyArn, ledger: store.ledgerKeyArn, staging: store.stagingKeyArn },
      logKeyArn: alerts.keyArn,
    });
    const seal = new LedgerSeal(this, 'LedgerSeal', { zone, store, logKeyArn: alerts.keyArn });
    const wakers = [...audit.wakers, seal.waker];
    if (zoneTellsBy(zone) !== undefined) {
      const { waker } = new Notices(this, 'Notices', {
        register,
        stagingKeyArn: store.stagingKeyArn,
        alertKeyArn: alerts.keyArn,
      });
      wakers.push(waker);
    }
    new SecurityChanges(this, 'SecurityChanges', {
      zone,
      account: zone.accounts.zone,
      topicArn: alerts.topicArn,
    });
    const served = zone.mailbox?.served;
    if (served !== undefined) new MailboxPage(this, 'Mailbox', { register, served, asOf });
    if (mayStopAll(zone)) new StopAllRole(this, 'StopAll', { zone, declared: zone.mayStopAll ?? [] });
    addZoneAlarms(this, zone, alerts.topicArn);
    new ZoneDashboard(this, 'Dashboard', zone);
    madeLast(this, wakers);
  }
}
