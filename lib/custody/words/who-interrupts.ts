/** The part of the custody page that says who can interrupt sharing, and who can let it go on. */
import { code, say, type Words } from '../../words';
import type { KeyCustody } from '../key-custody';
import { type AccountNames, accountOf } from '../who';
import type { Section } from './page';
import { trustWords } from './permission-words';

/** Whoever can stop can do harm by that, so that it is said of whom that holds; and that they can do no more. */
export function interruptionSection({ account, interruption }: KeyCustody, accounts: AccountNames): Section {
  const { stoppedBy, liftedBy } = interruption;
  const outside = stoppedBy.filter(({ who }) => who.some((each) => accountOf(each) !== account));
  const operator: Words[] =
    outside.length === 0
      ? [
          say`Nobody in an account of the operator can interrupt sharing: this account’s role for it trusts none.`,
        ]
      : [
          say`The operator can interrupt everything that the organisation shares: a role of another account may take on ${code('concordat-stop')} here. It can lift no stop, make no grant and decrypt nothing by that. The trust that it takes: whoever holds that role can keep recipients from their data, until the organisation lifts the stop.`,
        ];
  return {
    heading: 'Who can interrupt sharing, and let it go on',
    items: [
      stoppedBy.length === 0
        ? say`Nobody can have shares stopped at once: no template makes ${code('concordat-stop')} in this account.`
        : {
            text: say`These can have shares stopped, and the sessions of the organisation’s own people ended, as ${code('concordat-stop')}:`,
            more: stoppedBy.map((each) => trustWords(each, accounts, account)),
          },
      ...operator,
      liftedBy.length === 0
        ? say`Nobody can lift a stop, until the register names somebody under ${code('mayLift')} and that is deployed.`
        : {
            text: say`These can lift a stop, as ${code('concordat-lift')}:`,
            more: liftedBy.map((each) => trustWords(each, accounts, account)),
          },
    ],
  };
}
