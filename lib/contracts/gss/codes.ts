/**
 * The GSS codes of the principal councils’ areas, and when each was in use: facts about codes, compiled for this table.
 *
 * Sources: the Office for National Statistics’ Code History Database and registers of geographic codes (Open Government Licence
 * v3.0, contains public sector information); the history of councils by mySociety, uk_local_authority_names_and_codes 1.7.3
 * (CC BY 4.0); the orders that made each reorganisation, which give its day.
 */

/** The kinds of area whose codes are known here, by how their codes begin. */
export const GSS_ENTITIES = {
  E06: 'unitary authorities of England',
  E07: 'non-metropolitan districts of England',
  E08: 'metropolitan districts of England',
  E09: 'London boroughs and the City of London',
  E10: 'counties of England',
  W06: 'unitary authorities of Wales',
  S12: 'council areas of Scotland',
  N09: 'districts of Northern Ireland',
} as const;
/** A kind of area, as its codes begin. */
export type GssEntity = keyof typeof GSS_ENTITIES;

/**
 * The first day of which the table knows all codes of an entity. Codes that had ended before are not in it.
 * @internal Only tests import it.
 */
export const KNOWN_FROM: Readonly<Record<GssEntity, string>> = {
  E06: '2009-04-01',
  E07: '2009-04-01',
  E08: '2009-04-01',
  E09: '2009-04-01',
  E10: '2009-04-01',
  W06: '2009-04-01',
  S12: '2012-01-01',
  N09: '2015-04-01',
};
/** The day on which the sources were last looked at. What was made or ended since, the table does not know. */
export const KNOWN_TO = '2025-11-12';

/** The numbers of the codes in use at some time from `KNOWN_FROM` on. */
export const NUMBERS: Readonly<Record<GssEntity, string>> = {
  E06: '1-66',
  E07: '4-12 26-53 61-156 163-181 187-229 234-246',
  E08: '1-39',
  E09: '1-33',
  E10: '2-3 6-9 11-21 23-25 27-32 34',
  W06: '1-6 8-16 18-24',
  S12: '5-6 8 10-11 13-15 17-21 23-24 26-30 33-36 38-42 44-50',
  N09: '1-11',
};

/** Of the codes that were not in use all the time: the first day on which those named are no longer used, or are first used. */
export const CHANGES: readonly {
  readonly on: string;
  readonly ended: readonly string[];
  readonly begun: readonly string[];
}[] = [
  // Boundaries of Hertfordshire’s districts.
  { on: '2012-04-01', ended: ['E07000100', 'E07000104'], begun: ['E07000240-241'] },
  // Boundaries of Northumberland and Gateshead, and of East Hertfordshire and Stevenage.
  {
    on: '2013-04-01',
    ended: ['E06000048', 'E07000097', 'E07000101', 'E08000020'],
    begun: ['E06000057', 'E07000242-243', 'E08000037'],
  },
  // Boundaries of Fife, and of Perth and Kinross.
  { on: '2018-04-01', ended: ['S12000015', 'S12000024'], begun: ['S12000047-048'] },
  // Dorset, Somerset and Suffolk; boundaries of Glasgow and North Lanarkshire.
  {
    on: '2019-04-01',
    ended: [
      'E06000028-029',
      'E07000048-053',
      'E07000190-191',
      'E07000201',
      'E07000204-206',
      'E10000009',
      'S12000044',
      'S12000046',
    ],
    begun: ['E06000058-059', 'E07000244-246', 'S12000049-050'],
  },
  // Buckinghamshire.
  { on: '2020-04-01', ended: ['E07000004-007', 'E10000002'], begun: ['E06000060'] },
  // Northamptonshire.
  { on: '2021-04-01', ended: ['E07000150-156', 'E10000021'], begun: ['E06000061-062'] },
  // Cumbria, North Yorkshire and Somerset.
  {
    on: '2023-04-01',
    ended: [
      'E07000026-031',
      'E07000163-169',
      'E07000187-189',
      'E07000246',
      'E10000006',
      'E10000023',
      'E10000027',
    ],
    begun: ['E06000063-066'],
  },
  // Boundary of Barnsley and Sheffield.
  { on: '2025-04-01', ended: ['E08000016', 'E08000019'], begun: ['E08000038-039'] },
];
