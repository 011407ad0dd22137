/** `concordat recall`: takes a deposit back, after it was confirmed. */
import { abandonDeposit, type Client, recallEnding, recallText, statePlace } from '../../client';
import {
  DeliveryRefused,
  keyOfVersion,
  type RecallRefusal,
  recall as take,
  toRecall,
  transferNamed,
} from '../../delivery';
import { andList, visible } from '../../words';
import { type Command, command } from '../command';
import { toggle, UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { CLIENT_OPTIONS, type Open, withClient } from './client-run';

/** The command, for a way to open the client. */
export function recallCommand(open?: Open): Command {
  return command({
    name: 'recall',
    words: { transfer: word('the transfer: its agreement and name, its key, or its version') },
    options: {
      yes: toggle('take it back without being asked'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat recall housing-benefit-extract/2026-11/extract.csv',
    run: (values, terminal) => {
      const ask = values['no-input'] ? undefined : terminal.ask;
      if (!values.yes && ask === undefined)
        throw new UsageError('nobody is there to confirm it: add --yes to take it back without being asked');
      return withClient(
        values,
        terminal,
        async (client, says) => {
          const { profile } = client;
          const store = await client.store('deposit', profile.bucket ?? '');
          client.demandClock();
          const found = transferNamed(values.transfer, { sends: profile.sends, collects: [] });
          const version = found.as === 'version' ? found.version : undefined;
          const key = found.as === 'object' ? found.key : await keyOfVersion(store, profile, values.transfer);
          const state = statePlace({ state: values.state, cwd: terminal.cwd, env: process.env });
          // What is still being sent is given up first: otherwise it would be there again a moment later.
          const wasUnderWay = await abandonDeposit(client, { key, state, store });
          if (wasUnderWay) says.result(`gave up sending ${visible(key)}`, { event: 'given-up', key });
          if (wasUnderWay && (await store.tags(key)) === undefined) return EXIT.clean;
          const plan = await toRecall(store, key, version);
          if (!values.yes) {
            const name = visible(key.slice(key.lastIndexOf('/') + 1));
            const typed = await ask?.(
              `${question(client, key, plan.verdict.state)}\nType its name, ${name}, to take it back: `,
            );
            if (typed !== name) throw new DeliveryRefused<RecallRefusal>({ refused: 'not-confirmed', key });
          }
          const marker = await take(store, plan);
          says.result(`recalled ${visible(key)}, version ${plan.version}`, {
            event: 'recalled',
            key,
            version: plan.version,
            marker,
          });
          says.talk(
            'Nobody can collect it any more. Who has collected it has a copy: ask them to delete it.',
          );
          return EXIT.clean;
        },
        { ...(open && { open }), refusals: { text: recallText, ending: recallEnding } },
      );
    },
  });
}

/** The command as it is called. */
export const recall: Command = recallCommand();

function question({ profile }: Client, key: string, state: string): string {
  const terms = profile.sends.find(({ prefix }) => key.startsWith(prefix));
  const names = andList((terms?.recipients ?? []).map(({ name }) => name));
  const who = state === 'released' ? `which ${names} can collect` : `which is for ${names}`;
  return `This takes back ${visible(key)}, ${who}. Who has collected it keeps a copy.`;
}
