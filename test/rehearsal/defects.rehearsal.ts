/** Defects seeded in a template: each makes the rehearsal fail, at the step that shows it. */

import { passed } from '../../lib/rehearsal/result';
import { all, type Json } from '../proof/world';
import { changeCode, failedSteps, Workshop } from './rehearsing';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.close());

interface Defect {
  readonly what: string;
  readonly stack: string;
  readonly change: (resources: Record<string, Json>) => void;
  /** The step at which it must show first. */
  readonly at: string;
  /** A later step that must fail as well. */
  readonly and?: string;
}

const DEFECTS: readonly Defect[] = [
  {
    what: 'another organisation’s role on an access point',
    stack: 'Organisation-dwp',
    change: (resources) => {
      const point = all(resources, 'AWS::S3::AccessPoint').find(
        ({ Properties }) => Properties.Name === '33aa658693c0--leeds',
      );
      for (const statement of point?.Properties.Policy.Statement ?? []) {
        statement.Principal = { AWS: ['arn:aws:iam::100000000022:root', 'arn:aws:iam::100000000021:root'] };
        Object.assign(statement.Condition?.ArnEquals ?? {}, {
          'aws:PrincipalArn': ['100000000022', '100000000021'].map(
            (id) => `arn:aws:iam::${id}:role/concordat/concordat-collect`,
          ),
        });
      }
    },
    at: 'camden asks by the access point of leeds: allowed',
  },
  {
    what: 'a wrong key',
    stack: 'Organisation-dwp',
    change: (resources) => {
      const [alerts] = Object.keys(resources).filter((id) => id.startsWith('SecurityAlertsKey'));
      const [bucket] = all(resources, 'AWS::S3::Bucket') as unknown as {
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault: object }[];
          };
        };
      }[];
      Object.assign(
        bucket?.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]
          ?.ServerSideEncryptionByDefault ?? {},
        {
          KMSMasterKeyID: { 'Fn::GetAtt': [alerts, 'Arn'] },
        },
      );
    },
    at: 'dwp deposits a clean file: refused',
  },
  {
    what: 'a broker that may grant anything',
    stack: 'Organisation-dwp',
    change: (resources) => {
      const [key] = all(resources, 'AWS::KMS::Key');
      const statement = key?.Properties.KeyPolicy.Statement.find(({ Action }) =>
        Action.includes('kms:CreateGrant'),
      );
      if (statement?.Condition) statement.Condition = { ArnEquals: statement.Condition.ArnEquals ?? {} };
    },
    at: 'The broker’s role asks for a grant to a role that is not a collect role: allowed',
  },
  {
    what: 'a notification that is gone',
    stack: 'Zone',
    change: (resources) => {
      for (const { Properties } of all(resources, 'AWS::S3::Bucket'))
        delete (Properties as { NotificationConfiguration?: unknown }).NotificationConfiguration;
    },
    at: 'leeds fetches the receipt by the client, which holds it against the ledger: ',
    and: 'The ledger has an entry for each thing that was done or refused: ',
  },
];

it.each(DEFECTS)('$what is found at the step that shows it', async ({ stack, change, at, and = at }) => {
  const result = await workshop.rehearse({ assembly: workshop.assembly(stack, change) });
  expect(passed(result)).toBe(false);
  expect(failedSteps(result)[0]).toContain(at);
  expect(failedSteps(result).join('\n')).toContain(and);
  expect(workshop.left()).toEqual([]);
});

/** Code is not the template’s; these are seeded in the file that a function is deployed from. */
const IN_CODE = [
  {
    what: 'a broker that does not ask again where it is refused',
    change: (code: string) => code.replace('rightsSettleBy:', 'rightsNeverSettleBy:'),
    failed: [
      /^dwp joins, as the owner: /,
      /^The rights of dwp’s grant broker were late, .*: refused \d times, and the deployment failed$/,
    ],
  },
  {
    what: 'a broker that lets a deployment pass which would lift a stop',
    change: (code: string) =>
      code.replace('async wouldLift(', 'async wouldLift(){return!1}async wouldNotLift('),
    failed: [/^dwp deploys its stack again, which would share again: deployed$/],
  },
];

it.each(IN_CODE)('$what is found at the step that shows it', async ({ change, failed }) => {
  const assembly = workshop.assembly();
  changeCode(assembly, 'Organisation-dwp', 'concordat-grant-broker', change);
  const result = await workshop.rehearse({ assembly });
  expect(failedSteps(result)).toEqual(failed.map((each) => expect.stringMatching(each)));
  expect(workshop.left()).toEqual([]);
});
