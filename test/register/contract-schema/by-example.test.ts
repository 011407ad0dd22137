/** That the schema of data contracts takes ODCS v3.1.0 and nothing else, by examples. */
import { z } from 'zod';
import { contractSchema } from '../../../lib/register/schema/contract';
import { awards } from './awards';
import { edited, type Json, least, type Path, type Place, slices } from './parts';

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
