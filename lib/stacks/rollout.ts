/**
 * The engine of rollouts, as an app of its own: it deploys the landing zone, so it is no part of it. An administrator of its account
 * deploys it, through that account’s own bootstrap of the CDK.
 */
import { type App, DefaultStackSynthesizer, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { packs } from '../compliance/packs';
import { RolloutEngine } from '../constructs';
import { ROLLOUT_STACK } from '../names';
import type { Rollout, Zone } from '../register';
import type { IsoDate } from '../register/calendar';
import { ConcordatStack } from './concordat-stack';

class RolloutStack extends ConcordatStack {
  constructor(scope: Construct, zone: Zone, rollout: Rollout) {
    super(scope, ROLLOUT_STACK, {
      env: { account: rollout.account, region: zone.region },
      terminationProtection: true,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
      description: 'Concordat: carries reviewed plans out over many accounts',
    });
    new RolloutEngine(this, 'Engine', { zone, rollout });
  }
}

/**
 * Adds the engine and the rule packs to an app, and synthesises it.
 * @throws TypeError where the register has no engine
 */
export function synthesiseRollout(app: App, zone: Zone, asOf: IsoDate): void {
  const { rollout } = zone;
  if (rollout === undefined) throw new TypeError('the register has no `rollout`');
  new RolloutStack(app, zone, rollout);
  const { ofResources, ofTemplates } = packs(asOf);
  Validations.of(app).addPlugins(...ofResources, ...ofTemplates);
  app.synth();
}
