/** That the gate takes no list and no plan but those that were synthesised. */
import { Deployed, digestOfList } from '../../../lambda/release-gate/deployed';
import { gateListText } from '../../../lib/wire';
import { PLAN, PLAN_TEXT } from './plans';
import { BUCKET, LIST } from './world';

const TEXT = gateListText(LIST);
const FILES: Readonly<Record<string, string>> = {
  '/opt/gate.json': TEXT,
  [`/opt/contracts/${PLAN.contract.id}.json`]: PLAN_TEXT,
};
const read = (change: { bucket?: string; files?: Readonly<Record<string, string>> } = {}) => {
  const files = { ...FILES, ...change.files };
  return Deployed.read(
    {
      listFile: '/opt/gate.json',
      listDigest: digestOfList(TEXT),
      contractsFolder: '/opt/contracts',
      bucket: change.bucket ?? BUCKET,
    },
    async (path) => files[path] ?? Promise.reject(new Error(`no ${path}`)),
  );
};
const agreement = (deployed: Deployed, id: string) => {
  const found = deployed.agreement(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

it('reads the list, and the plan of an agreement that has a contract', async () => {
  const deployed = await read();
  expect(await deployed.plan(agreement(deployed, 'benefit-awards'))).toEqual(PLAN);
  expect(await deployed.plan(agreement(deployed, 'case-letters'))).toBeUndefined();
  expect(deployed.agreement('unknown')).toBeUndefined();
});

it('takes no list that was changed on its way, and none of another bucket', async () => {
  await expect(read({ files: { '/opt/gate.json': TEXT.replace('1000', '9000') } })).rejects.toThrow(
    /changed on its way/,
  );
  await expect(read({ bucket: 'another' })).rejects.toThrow(/deploy list and gate together/);
});

it('takes no plan that was changed on its way, and reads it again once it is mended', async () => {
  const path = `/opt/contracts/${PLAN.contract.id}.json`;
  const files = { [path]: PLAN_TEXT.replace('free', 'fixed') };
  const deployed = await read({ files });
  await expect(deployed.plan(agreement(deployed, 'benefit-awards'))).rejects.toThrow(/the list gives it/);
});

it('knows the plan of a report by its digest alone', async () => {
  const deployed = await read();
  const of = (digest: string) =>
    deployed.planOf({ agreement: 'benefit-awards', contract: { ...PLAN.contract, digest } });
  expect(await of(PLAN.contract.digest)).toEqual(PLAN);
  expect(await of('d'.repeat(64))).toBeUndefined();
});
