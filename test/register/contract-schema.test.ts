/** That the schema of data contracts takes ODCS v3.1.0 and nothing else, by examples and against the standard’s own. */
import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import { contractSchema } from '../../lib/register/schema/contract';
import { STANDARD } from '../contracts/outside/odcs';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Group = { [key: string]: Json };
type Path = readonly (string | number)[];

/** Housing benefit awards, as a council shares them with a health organisation. It uses every section of the standard. */
const awards: Group = {
  apiVersion: 'v3.1.0',
  kind: 'DataContract',
  id: 'housing-benefit-awards',
  version: '1.2.0',
  status: 'active',
  name: 'Housing benefit awards',
  tenant: 'Revenues and Benefits',
  domain: 'housing',
  dataProduct: 'benefits',
  contractCreatedTs: '2026-11-02T09:30:00Z',
  tags: ['housing', 'benefits'],
  description: {
    purpose: 'Lets the integrated care board find households at risk of fuel poverty.',
    limitations: 'Awards of less than one week are left out.',
    usage: 'Join on UPRN. Do not join on name or date of birth.',
    authoritativeDefinitions: [
      {
        id: 'guidance',
        url: 'https://www.gov.uk/housing-benefit',
        type: 'businessDefinition',
        description: 'Who may claim.',
      },
    ],
    customProperties: [{ property: 'lawfulGateway', value: 'Digital Economy Act 2017, section 35' }],
  },
  authoritativeDefinitions: [
    { url: 'https://www.geoplace.co.uk/addresses-streets/location-data/the-uprn', type: 'tutorial' },
  ],
  customProperties: [
    {
      id: 'marking',
      property: 'marking',
      value: { classification: 'OFFICIAL', handling: ['SENSITIVE'] },
      description: 'How to handle it.',
    },
    { property: 'reviewedBy', value: null },
  ],
  support: [
    {
      id: 'help',
      channel: 'Benefits data help',
      url: 'mailto:benefits.data@example.gov.uk',
      description: 'Questions about awards.',
      tool: 'email',
      scope: 'interactive',
      customProperties: [{ property: 'hours', value: '9 to 5' }],
    },
    {
      channel: 'Changes',
      url: 'https://data.example.gov.uk/changes',
      invitationUrl: 'https://data.example.gov.uk/join?list=changes#form',
      scope: 'announcements',
    },
  ],
  price: { id: 'no_charge', priceAmount: 0, priceCurrency: 'GBP', priceUnit: 'megabyte' },
  team: {
    id: 'benefits_data',
    name: 'Benefits data',
    description: 'Keeps the awards extract.',
    tags: ['data-owner'],
    members: [
      {
        id: 'owner',
        username: 'head-of-benefits',
        name: 'Head of Benefits',
        description: 'The post, whoever holds it.',
        role: 'owner',
        dateIn: '2026-04-01',
        tags: ['post'],
        customProperties: [{ property: 'grade', value: 7 }],
        authoritativeDefinitions: [{ url: 'https://www.example.gov.uk/structure', type: 'implementation' }],
      },
      {
        username: 'interim-steward',
        role: 'data steward',
        dateIn: '2026-04-01',
        dateOut: '2026-09-30',
        replacedByUsername: 'head-of-benefits',
      },
    ],
    customProperties: [{ property: 'floor', value: 3 }],
    authoritativeDefinitions: [
      { url: 'https://www.example.gov.uk/benefits-data', type: 'businessDefinition' },
    ],
  },
  roles: [
    {
      id: 'reader',
      role: 'benefits-reader',
      description: 'Reads the awards.',
      access: 'read',
      firstLevelApprovers: 'Head of Benefits',
      secondLevelApprovers: 'Caldicott Guardian',
      customProperties: [{ property: 'expires', value: true }],
    },
  ],
  slaDefaultElement: 'award.week_starting',
  slaProperties: [
    {
      id: 'weekly',
      property: 'frequency',
      value: 1,
      valueExt: 7,
      unit: 'd',
      element: 'award.week_starting',
      driver: 'operational',
      description: 'Each Monday.',
      scheduler: 'cron',
      schedule: '0 6 * * 1',
    },
    { property: 'endOfSupport', value: '2031-03-31' },
    { property: 'encryptedAtRest', value: true },
    { property: 'endOfLife', value: null, valueExt: null },
  ],
  servers: [
    {
      id: 'landing',
      server: 'landing',
      type: 's3',
      description: 'The exchange.',
      environment: 'prod',
      location: 's3://concordat-example-exchange/housing-benefit-awards/*.csv',
      endpointUrl: 'https://s3.eu-west-2.amazonaws.com',
      format: 'csv',
      delimiter: 'new_line',
      roles: [{ role: 'benefits-reader' }],
      customProperties: [{ property: 'locked', value: true }],
    },
    { server: 'legacy', type: 'sftp', location: 'sftp://sftp.example.gov.uk:22/awards/', format: 'csv' },
    {
      server: 'source',
      type: 'postgresql',
      host: 'db.example.gov.uk',
      port: 5432,
      database: 'benefits',
      schema: 'public',
    },
    {
      server: 'mainframe',
      type: 'custom',
      stagingDir: '/var/spool/awards',
      path: '/awards',
      stream: 'awards',
      delimiter: '\t',
      location: 'jdbc:db2://db.example.gov.uk:446/awards',
      port: 446,
    },
  ],
  schema: [
    {
      id: 'award',
      name: 'award',
      logicalType: 'object',
      physicalType: 'table',
      physicalName: 'hb_award',
      businessName: 'Award',
      description: 'A housing benefit award in one week.',
      dataGranularityDescription: 'One award in one week.',
      tags: ['weekly'],
      customProperties: [{ property: 'retention', value: 'P2Y' }],
      authoritativeDefinitions: [
        { url: 'https://www.legislation.gov.uk/uksi/2006/213', type: 'businessDefinition' },
      ],
      relationships: [
        {
          type: 'foreignKey',
          from: 'award.uprn',
          to: 'schema/dwelling/properties/uprn',
          customProperties: [{ property: 'cardinality', value: 'many-to-one' }],
        },
        { from: ['award.uprn', 'award.gss_code'], to: ['dwelling.uprn', 'dwelling.gss_code'] },
      ],
      quality: [
        {
          metric: 'rowCount',
          mustBeBetween: [1000, 90000],
          unit: 'rows',
          description: 'As many awards as in other weeks.',
        },
        {
          type: 'library',
          metric: 'duplicateValues',
          arguments: { properties: ['award_number', 'week_starting'] },
          mustBe: 0,
          rule: 'duplicateCount',
        },
        {
          type: 'sql',
          query: 'SELECT MAX(week_starting) FROM {object}',
          mustNotBe: null,
          scheduler: 'cron',
          schedule: '0 7 * * 1',
        },
        { type: 'sql', query: 'SELECT SUM(amount) FROM {object}', mustNotBeBetween: [-1, 0.5] },
        { type: 'custom', engine: 'soda', implementation: 'type: duplicate_percent' },
        {
          type: 'custom',
          engine: 'greatExpectations',
          implementation: { expectation: 'table_row_count', kwargs: { min: 1 } },
        },
      ],
      properties: [
        {
          id: 'award_number',
          name: 'award_number',
          businessName: 'Award number',
          description: 'The council’s number of the award.',
          physicalName: 'awd_no',
          physicalType: 'CHAR(10)',
          logicalType: 'string',
          logicalTypeOptions: { minLength: 10, maxLength: 10, pattern: '^HB\\d{8}$', format: 'award-number' },
          primaryKey: true,
          primaryKeyPosition: 1,
          required: true,
          unique: false,
          partitioned: false,
          partitionKeyPosition: -1,
          classification: 'OFFICIAL-SENSITIVE',
          encryptedName: 'award_number_encrypted',
          criticalDataElement: true,
          transformSourceObjects: ['claims', 'decisions'],
          transformLogic: "SELECT 'HB' || decision_number FROM decisions",
          transformDescription: 'The number of the decision, with HB before it.',
          examples: ['HB00000001', null],
          tags: ['key'],
          customProperties: [{ property: 'masked', value: false }],
          authoritativeDefinitions: [{ url: 'https://www.example.gov.uk/award-numbers', type: 'tutorial' }],
          relationships: [
            {
              to: 'decisions.number',
              type: 'foreignKey',
              customProperties: [{ property: 'optional', value: true }],
            },
          ],
          quality: [
            {
              id: 'no_gaps',
              name: 'No gaps',
              type: 'library',
              metric: 'nullValues',
              mustBe: 0,
              dimension: 'completeness',
              method: 'reconciliation',
              severity: 'error',
              businessImpact: 'operational',
              unit: 'rows',
              tags: ['daily'],
              scheduler: 'cron',
              schedule: '0 20 * * *',
              customProperties: [{ property: 'owner', value: 'benefits' }],
              authoritativeDefinitions: [{ url: 'https://www.example.gov.uk/quality', type: 'tutorial' }],
            },
          ],
        },
        {
          name: 'uprn',
          logicalType: 'string',
          description: 'Unique Property Reference Number.',
          logicalTypeOptions: { pattern: '^\\d{1,12}$' },
          examples: ['100000000001'],
          relationships: [
            { to: 'https://data.example.gov.uk/contracts/addresses.yaml#/schema/address/properties/uprn' },
          ],
          quality: [
            {
              metric: 'missingValues',
              arguments: { missingValues: [null, '', 'N/A'] },
              mustBeLessThan: 1,
              unit: 'percent',
            },
          ],
        },
        {
          name: 'gss_code',
          logicalType: 'string',
          description: 'The GSS code of the district.',
          logicalTypeOptions: { pattern: '^[EWSN]\\d{8}$' },
          quality: [
            { metric: 'invalidValues', arguments: { pattern: '^[EWSN]\\d{8}$' }, mustBeLessOrEqualTo: 0 },
          ],
        },
        {
          name: 'health_number_check',
          logicalType: 'string',
          description: 'Ten digits in the form of an NHS number, hashed by the sender.',
          logicalTypeOptions: { pattern: '^\\d{10}$' },
          classification: 'OFFICIAL-SENSITIVE',
          quality: [{ type: 'text', description: 'The check digit is right.' }],
        },
        {
          name: 'week_starting',
          logicalType: 'date',
          logicalTypeOptions: {
            format: 'yyyy-MM-dd',
            minimum: '2020-01-06',
            maximum: '2099-12-28',
            exclusiveMinimum: '2019-12-30',
            exclusiveMaximum: '2100-01-04',
          },
          partitioned: true,
          partitionKeyPosition: 1,
        },
        {
          name: 'decided_at',
          logicalType: 'timestamp',
          logicalTypeOptions: {
            format: 'yyyy-MM-dd HH:mm:ss',
            timezone: true,
            defaultTimezone: 'Europe/London',
            minimum: '2020-01-01 00:00:00',
          },
        },
        {
          name: 'paid_from',
          logicalType: 'time',
          logicalTypeOptions: { format: 'HH:mm:ss', maximum: '23:59:59' },
        },
        {
          name: 'bedrooms',
          logicalType: 'integer',
          logicalTypeOptions: { format: 'u8', minimum: 0, maximum: 20, multipleOf: 1 },
          quality: [
            {
              metric: 'invalidValues',
              arguments: { validValues: [0, 1, 2, 3, 4] },
              mustBeGreaterOrEqualTo: 0,
            },
          ],
        },
        {
          name: 'amount',
          logicalType: 'number',
          logicalTypeOptions: {
            format: 'f64',
            exclusiveMinimum: 0,
            exclusiveMaximum: 10000,
            multipleOf: 0.01,
          },
          quality: [{ metric: 'rowCount', mustBeGreaterThan: 1000 }],
        },
        { name: 'in_arrears', logicalType: 'boolean', examples: [true] },
        {
          name: 'household',
          logicalType: 'object',
          logicalTypeOptions: { minProperties: 1, maxProperties: 5, required: ['adults'] },
          properties: [
            { name: 'adults', logicalType: 'integer' },
            { name: 'children', logicalType: 'integer', logicalTypeOptions: { format: 'u8' } },
          ],
        },
        {
          name: 'reductions',
          logicalType: 'array',
          logicalTypeOptions: { minItems: 0, maxItems: 9, uniqueItems: true },
          items: {
            logicalType: 'object',
            properties: [
              { name: 'reason', logicalType: 'string' },
              { name: 'weeks', logicalType: 'array', items: { logicalType: 'date' } },
            ],
          },
        },
        { name: 'note', physicalType: 'TEXT', logicalTypeOptions: {} },
      ],
    },
    {
      id: 'dwelling',
      name: 'dwelling',
      properties: [
        { id: 'uprn', name: 'uprn', logicalType: 'string' },
        { name: 'gss_code', logicalType: 'string' },
      ],
    },
  ],
};

const award = ['schema', 0] as const;
const awardNumber = ['schema', 0, 'properties', 0] as const;

describe('a data contract', () => {
  test('that uses every section of the standard is accepted', () => {
    expect(contractSchema.safeParse(awards).error?.issues).toBeUndefined();
  });

  test('that has no more than the standard requires is accepted', () => {
    expect(contractSchema.safeParse(least(awards)).success).toBe(true);
  });

  test('may name its team in the older form, as a bare list of members', () => {
    const older = edited(awards, ['team'], [{ username: 'head-of-benefits', dateIn: '2026-04-01' }]);
    expect(contractSchema.safeParse(older).success).toBe(true);
  });

  test('can be described to editors as JSON Schema', () => {
    expect(z.toJSONSchema(contractSchema, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });

  /** What is wrong, where it is put, what is put there (nothing: it is taken away), and where the fault is found. */
  const bad: [string, Path, Json | undefined, Path?][] = [
    ['an older version of the standard', ['apiVersion'], 'v3.0.2'],
    ['a version of the standard in other words', ['apiVersion'], '3.1.0'],
    ['no version of the standard', ['apiVersion'], undefined],
    ['another kind of document', ['kind'], 'DataProduct'],
    ['an id that is no handle', ['id'], 'Housing Benefit Awards'],
    ['a UUID for an id', ['id'], '53581432-6c55-4ba2-a65f-72344a91553a'],
    ['a version that is a number', ['version'], 1.2],
    ['no status', ['status'], undefined],
    ['a setting of its own at the top', ['owner'], 'leeds', []],
    ['an audience in its description', ['description', 'audience'], 'all', ['description']],
    ['a null description of limitations', ['description', 'limitations'], null],
    ['an empty text', ['name'], ''],
    ['a text of blanks', ['domain'], '   '],
    ['a tag that is a number', ['tags', 0], 7],
    ['a moment without an offset', ['contractCreatedTs'], '2026-11-02T09:30:00'],
    ['a moment without seconds', ['contractCreatedTs'], '2026-11-02T09:30Z'],
    ['a moment on a day that does not exist', ['contractCreatedTs'], '2026-02-30T09:30:00Z'],
    ['a custom property without a value', ['customProperties', 1, 'value'], undefined],
    ['a link that is no address', ['authoritativeDefinitions', 0, 'url'], 'see the wiki'],
    ['a price that is text', ['price', 'priceAmount'], '0'],
    ['a team member without a user name', ['team', 'members', 0, 'username'], undefined, ['team']],
    ['a team member who left on no real day', ['team', 'members', 1, 'dateOut'], '2026-09-31'],
    ['a role without a name', ['roles', 0, 'role'], undefined],
    ['a channel without a name', ['support', 1, 'channel'], undefined],
    ['a level of service that is a list', ['slaProperties', 0, 'value'], [1]],
    ['a server of an unknown type', ['servers', 0, 'type'], 's4'],
    ['a server without a type', ['servers', 0, 'type'], undefined],
    ['a setting of another type of server', ['servers', 1, 'host'], 'sftp.example.gov.uk', ['servers', 1]],
    ['an S3 location that is not in S3', ['servers', 0, 'location'], 'https://example.gov.uk/awards'],
    ['an SFTP location that is not SFTP', ['servers', 1, 'location'], 'ftp://example.gov.uk/awards'],
    ['a location with a space', ['servers', 0, 'location'], 's3://exchange/housing benefit/'],
    ['a port that is text', ['servers', 2, 'port'], '5432'],
    ['a port beyond the last', ['servers', 2, 'port'], 65_536],
    ['an object without a name', [...award, 'name'], undefined],
    ['an object that is a list', [...award, 'logicalType'], 'array'],
    ['a relationship of an object without a start', [...award, 'relationships', 0, 'from'], undefined],
    [
      'a relationship from one property to two',
      [...award, 'relationships', 0, 'to'],
      ['a.b', 'a.c'],
      [...award, 'relationships', 0],
    ],
    [
      'a relationship from two properties to one',
      [...award, 'relationships', 1, 'to'],
      ['a.b'],
      [...award, 'relationships', 1],
    ],
    ['a relationship to nothing', [...award, 'relationships', 1, 'to'], []],
    ['a relationship of another kind', [...award, 'relationships', 0, 'type'], 'primaryKey'],
    [
      'a relationship of a property with a start',
      [...awardNumber, 'relationships', 0, 'from'],
      'award.uprn',
      [...awardNumber, 'relationships', 0],
    ],
    ['a reference of one word', [...awardNumber, 'relationships', 0, 'to'], 'decisions'],
    ['a check of an unknown type', [...award, 'quality', 2, 'type'], 'SQL'],
    ['a check with an unknown metric', [...award, 'quality', 0, 'metric'], 'rows'],
    [
      'a check by metric without a comparison',
      [...award, 'quality', 0, 'mustBeBetween'],
      undefined,
      [...award, 'quality', 0],
    ],
    ['a check with two comparisons', [...award, 'quality', 0, 'mustBe'], 5, [...award, 'quality', 0]],
    ['a check between a greater and a smaller number', [...award, 'quality', 0, 'mustBeBetween'], [9, 1]],
    ['a check between three numbers', [...award, 'quality', 0, 'mustBeBetween'], [1, 2, 3]],
    ['a query without its text', [...award, 'quality', 2, 'query'], undefined],
    [
      'a comparison in a check in words',
      [...awardNumber, 'quality', 0, 'type'],
      'text',
      [...awardNumber, 'quality', 0],
    ],
    ['a check by another tool that is not named', [...award, 'quality', 4, 'engine'], undefined],
    ['an unknown dimension of quality', [...awardNumber, 'quality', 0, 'dimension'], 'beauty'],
    ['a property without a name', [...awardNumber, 'name'], undefined],
    ['a physical type for a logical one', [...awardNumber, 'logicalType'], 'varchar'],
    ['yes for true', [...awardNumber, 'required'], 'yes'],
    ['a place before the first', [...awardNumber, 'primaryKeyPosition'], -2],
    ['an id with a full stop', [...awardNumber, 'id'], 'award.number'],
    [
      'a number’s option on text',
      [...awardNumber, 'logicalTypeOptions', 'multipleOf'],
      2,
      [...awardNumber, 'logicalTypeOptions'],
    ],
    ['a negative length', [...awardNumber, 'logicalTypeOptions', 'minLength'], -1],
    [
      'a float’s format on a whole number',
      [...award, 'properties', 7, 'logicalTypeOptions', 'format'],
      'f32',
    ],
    ['a multiple of nothing', [...award, 'properties', 8, 'logicalTypeOptions', 'multipleOf'], 0],
    ['options of true and false', [...award, 'properties', 9, 'logicalTypeOptions'], { format: 'yes-no' }],
    ['properties in text', [...awardNumber, 'properties'], [], awardNumber],
    [
      'items in an object',
      [...award, 'properties', 10, 'items'],
      { logicalType: 'string' },
      [...award, 'properties', 10],
    ],
    [
      'a requirement named twice',
      [...award, 'properties', 10, 'logicalTypeOptions', 'required'],
      ['adults', 'adults'],
    ],
    ['a nested property without a name', [...award, 'properties', 10, 'properties', 1, 'name'], undefined],
    [
      'an unknown setting deep in a list',
      [...award, 'properties', 11, 'items', 'properties', 1, 'items', 'tag'],
      'x',
      [...award, 'properties', 11, 'items', 'properties', 1, 'items'],
    ],
    [
      'options without a logical type',
      [...award, 'properties', 12, 'logicalTypeOptions', 'maxLength'],
      9,
      [...award, 'properties', 12, 'logicalTypeOptions'],
    ],
  ];
  test.each(bad)('with %s is rejected at the place of the fault', (...[, at, value, faultAt]) => {
    const issues = contractSchema.safeParse(edited(awards, at, value)).error?.issues ?? [];
    const places = new Set(issues.map((issue) => issue.path.join('.')));
    expect([...places]).toEqual([(faultAt ?? at).join('.')]);
  });

  test('in which one letter of a setting’s name is wrong, missing or too many is rejected', () => {
    const taken: string[] = [];
    for (const contract of slices(awards)) {
      expect(contractSchema.safeParse(contract).success).toBe(true);
      for (const { group, key } of settings(contract)) {
        const value = group[key] as Json;
        delete group[key];
        for (const wrong of misspellings(key)) {
          group[wrong] = value;
          if (contractSchema.safeParse(contract).success) taken.push(`${key} as ${wrong}`);
          delete group[wrong];
        }
        group[key] = value;
      }
    }
    expect(taken).toEqual([]);
  });
});

describe('beside the JSON Schema of the standard', () => {
  const standard: Group = STANDARD ? JSON.parse(readFileSync(STANDARD, 'utf8')) : {};

  function testBeside(property: string, check: () => void) {
    test(property, () =>
      STANDARD
        ? check()
        : console.log('not run: test/contracts/outside/suites.sh has not brought the ODCS JSON Schema'),
    );
  }

  function inStandard() {
    return addFormats(new Ajv2019({ strict: false })).compile(standard);
  }

  testBeside('the settings of our schema are those of the standard', () => {
    const ours = settingNames(JSON.parse(JSON.stringify(z.toJSONSchema(contractSchema, { io: 'input' }))));
    expect([...ours].sort()).toEqual([...settingNames(standard)].sort());
  });

  testBeside('each type of server takes the settings that the standard gives it, and no other', () => {
    const server = (standard.$defs as Group).Server as {
      properties: { type: { enum: string[] } };
      allOf: Group[];
    };
    const sources = (standard.$defs as Group).ServerSource as {
      [name: string]: { properties: { [name: string]: Group }; required?: string[] };
    };
    const every = new Set(Object.values(sources).flatMap((each) => Object.keys(each.properties)));
    const valid = inStandard();
    const accepts = (each: Json) => {
      const contract = { ...least(awards), servers: [each] };
      const ours = contractSchema.safeParse(contract).success;
      expect({ each, accepted: ours }).toEqual({ each, accepted: valid(contract) });
      return ours;
    };
    expect(server.properties.type.enum).toHaveLength(34);
    for (const type of server.properties.type.enum) {
      const branch = server.allOf.find((each) => JSON.stringify(each.if).includes(`{"const":"${type}"}`)) as {
        then: { $ref: string };
      };
      const { properties, required = [] } = sources[branch.then.$ref.replace(/.*\//, '')] ?? {
        properties: {},
      };
      const values = Object.entries(properties).map(([name, { type: kind }]): [string, Json] => [
        name,
        kind === 'integer' ? 1433 : `${type === 'sftp' ? 'sftp' : 's3'}://awards/2027/`,
      ]);
      const full: Group = { server: 'one', type, ...Object.fromEntries(values) };
      expect(accepts(full)).toBe(true);
      for (const name of Object.keys(full)) accepts(edited(full, [name], undefined));
      for (const name of every) if (!(name in full)) expect(accepts({ ...full, [name]: 'x' })).toBe(false);
      expect(
        accepts(
          Object.fromEntries(
            Object.entries(full).filter(([name]) => ['server', 'type', ...required].includes(name)),
          ),
        ),
      ).toBe(true);
    }
  });

  testBeside(
    'whatever stands in one place of a contract, if our schema accepts it, the standard does',
    () => {
      const valid = inStandard();
      expect(valid(awards)).toBe(true);
      for (const contract of slices(awards)) {
        for (const { group, key } of places(contract)) {
          const value = group[key] as Json;
          for (const odd of [...ODD, ...ADDRESSES, ...OTHERS]) {
            group[key] = odd;
            if (contractSchema.safeParse(contract).success && !valid(contract)) fail(contract, valid.errors);
          }
          group[key] = value;
        }
      }
    },
  );

  testBeside(
    'however parts of contracts are mixed, if our schema accepts the result, the standard does',
    () => {
      const valid = inStandard();
      const starts = [awards, ...slices(awards)];
      const tally = { accepted: 0, rejected: 0 };
      fc.assert(
        fc.property(
          fc.constantFrom(...starts),
          fc.array(anEdit, { minLength: 1, maxLength: 3 }),
          (start, edits) => {
            const contract = structuredClone(start);
            for (const edit of edits) carryOut(contract, edit);
            if (!contractSchema.safeParse(contract).success) {
              tally.rejected += 1;
              return;
            }
            tally.accepted += 1;
            if (!valid(contract)) fail(contract, valid.errors);
          },
        ),
        { seed: 20270401, numRuns: 5000 },
      );
      expect(Math.min(tally.accepted, tally.rejected)).toBeGreaterThan(500);
    },
  );
});

function fail(contract: Group, errors: unknown): never {
  throw new Error(`the standard rejects ${JSON.stringify(contract)}: ${JSON.stringify(errors)}`);
}

/** A copy with the value put at the path, or with what is there taken away. */
function edited(document: Group, at: Path, value: Json | undefined): Group {
  const copy = structuredClone(document);
  let here: Json = copy;
  for (const step of at.slice(0, -1)) here = (here as Group)[step] as Json;
  const last = at.at(-1) as string;
  if (value === undefined) delete (here as Group)[last];
  else (here as Group)[last] = value;
  return copy;
}

/** Of a contract, what the standard requires. */
function least({ apiVersion, kind, id, version, status }: Group): Group {
  return { apiVersion, kind, id, version, status } as Group;
}

/** Small contracts that together have all that the whole one has: one section, one item or one property each. */
function slices(contract: Group): Group[] {
  const required = least(contract);
  const { schema, ...sections } = Object.fromEntries(
    Object.entries(contract).filter(([key]) => !(key in required)),
  );
  const objects = (schema as Group[]).flatMap(({ name, properties, ...rest }) => [
    { name, ...rest },
    ...(properties as Json[]).map((property) => ({ name, properties: [property] })),
  ]);
  return Object.entries({ ...sections, schema: objects as Json }).flatMap(([section, value]) =>
    Array.isArray(value)
      ? value.map((item) => structuredClone({ ...required, [section]: [item] }))
      : [structuredClone({ ...required, [section]: value })],
  );
}

interface Place {
  readonly group: Group;
  readonly key: string;
}

/** Every place in the document, in groups and in lists. */
function places(value: Json, found: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object') return found;
  const group = value as Group;
  for (const key of Object.keys(group)) {
    found.push({ group, key });
    places(group[key] as Json, found);
  }
  return found;
}

/** Every setting that the standard names: none within the values that it leaves open. */
function settings(value: Json): Place[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(settings);
  const open = ['arguments', 'implementation', 'value', 'examples', 'mustBe', 'mustNotBe'];
  return Object.entries(value).flatMap(([key, inner]) => [
    { group: value, key },
    ...(open.includes(key) ? [] : settings(inner)),
  ]);
}

function misspellings(word: string): string[] {
  return [...word, ''].flatMap((letter, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at + letter.length)];
    const other = letter === 'e' ? 'a' : 'e';
    return letter === ''
      ? [before + other]
      : [before + after, before + other + after, before + other + letter + after];
  });
}

/** The names of all settings in a JSON Schema. */
function settingNames(schema: Json, names = new Set<string>()): Set<string> {
  if (schema === null || typeof schema !== 'object') return names;
  if (Array.isArray(schema)) {
    for (const each of schema) settingNames(each, names);
    return names;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' || keyword === '$defs') {
      if (keyword === 'properties') for (const name of Object.keys(value as Group)) names.add(name);
      for (const [name, each] of Object.entries(value as Group)) {
        settingNames(name === 'ServerSource' ? { $defs: each } : each, names);
      }
    } else if (['items', 'then', 'allOf', 'anyOf', 'oneOf', 'additionalProperties'].includes(keyword)) {
      settingNames(value, names);
    }
  }
  return names;
}

const words = [...new Set(places(awards).flatMap(({ group, key }) => [key, group[key]]))].filter(
  (each) => typeof each === 'string',
);
const ODD: Json[] = [
  '',
  ' ',
  'é',
  '2026-02-30',
  '2026-11-02T09:30Z',
  '2026-11-02T24:00:00Z',
  '2026-11-02T09:30:00+24:00',
];
const ADDRESSES: Json[] = [
  's3://a b',
  's3://',
  'https://[::1',
  'https://a:b/c',
  'x:',
  'x:/',
  'x:/a',
  '//a',
  'a%zz:',
  'http://é/',
  'x://a@b@c',
  'x:a?b#c#d',
];
const OTHERS: Json[] = [
  0,
  -1,
  1.5,
  1e21,
  -0.01,
  7,
  true,
  false,
  null,
  [],
  {},
  [''],
  [1, 1],
  { a: [null] },
  ['a.b', 'a/b'],
];

type Edit = {
  how: 'remove' | 'rename' | 'replace' | 'copy' | 'add' | 'borrow';
  at: number;
  from: number;
  word: string;
  value: Json;
};

const anEdit: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom('remove', 'rename', 'replace', 'copy', 'add', 'borrow'),
  at: fc.nat(),
  from: fc.nat(),
  word: fc.constantFrom(...words),
  value: fc.oneof(fc.constantFrom(...words), fc.constantFrom(...ODD, ...ADDRESSES, ...OTHERS)),
});

const parts = places(awards);

/** Changes one place of the document, with a part of the full example where the edit needs one. */
function carryOut(document: Group, { how, at, from, word, value }: Edit): void {
  const all = places(document);
  const place = all[at % all.length];
  if (place === undefined) return;
  const { group, key } = place;
  const likes = how === 'borrow' ? parts.filter((each) => each.key === key) : parts;
  const source = likes[from % likes.length] ?? place;
  const copy = structuredClone(source.group[source.key] as Json);
  const inner = group[key];
  if (how === 'replace') group[key] = value;
  else if (how === 'copy' || how === 'borrow') group[key] = copy;
  else if (how === 'add')
    (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : document)[word] = copy;
  else if (Array.isArray(group)) group.splice(Number(key), 1);
  else {
    delete group[key];
    if (how === 'rename') group[word] = inner as Json;
  }
}
