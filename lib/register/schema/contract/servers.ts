/** ODCS Infrastructure & Servers: where the data is kept. `type` tells the kinds of server apart. */
import { z } from 'zod';
import { words } from '../scalars';
import { customProperties } from './annotations';
import { roles } from './team';
import { stableId, uri } from './values';

const inEveryServer = {
  id: stableId.optional(),
  server: words('A name for the server.', 200),
  description: words('What the server is for.').optional(),
  environment: words('Where it stands in the way to production, such as prod or test.', 100).optional(),
  roles: roles.optional(),
  customProperties: customProperties.optional(),
};

const account = words('The account with the provider.', 200);
const catalog = words('The catalogue that lists the schemas.', 200);
const database = words('The database.', 400);
const dataset = words('The dataset.', 200);
const delimiter = z.string().min(1).max(40).meta({
  description: 'What stands between records or values, such as new_line.',
  expects: 'text of 1 to 40 characters',
  fix: 'write it in quotes: "new_line"',
});
const format = words('The format of files or messages, such as csv or json.', 100);
const host = words('The host, by name or IP address.', 400);
const location = uri('Where the data is.');
const path = words('The path of the files.', 1000);
const port = z.int().min(1).max(65_535).meta({
  description: 'The port that the server listens on.',
  expects: 'a port from 1 to 65535',
  fix: 'write the port as a number, without quotes',
});
const project = words('The project in Google Cloud.', 200);
const region = words('The provider’s region, such as eu-west-2.', 100);
const schema = words('The schema in the database or catalogue.', 200);
const serviceName = words('The name of the service.', 200);
const stream = words('The stream.', 200);
const warehouse = words('The warehouse or cluster that runs queries.', 200);

function server<const Type extends string, Shape extends z.ZodRawShape>(
  types: readonly Type[],
  shape: Shape,
) {
  return z
    .strictObject({ type: z.literal([...types]), ...inEveryServer, ...shape })
    .meta({ description: `A server of type ${types.join(' or ')}.` });
}

/** Servers that hold files, streams or messages, and services that answer requests. */
const forFiles = [
  server(['api'], { location }),
  server(['azure'], { location, format, delimiter: delimiter.optional() }),
  server(['kafka'], { host, format: format.optional() }),
  server(['kinesis'], { region: region.optional(), format: format.optional() }),
  server(['local'], { path, format }),
  server(['pubsub'], { project }),
  server(['s3'], {
    location: uri('Where the data is in S3.', 's3'),
    endpointUrl: uri('The service to ask instead of AWS.').optional(),
    format: format.optional(),
    delimiter: delimiter.optional(),
  }),
  server(['sftp'], {
    location: uri('Where the data is on the SFTP server.', 'sftp'),
    format: format.optional(),
    delimiter: delimiter.optional(),
  }),
] as const;

/** Servers that hold tables: databases, warehouses and engines that query elsewhere. */
const forTables = [
  server(['athena'], {
    stagingDir: uri('Where Athena puts the results of queries.'),
    schema,
    catalog: catalog.optional(),
    regionName: region.optional(),
  }),
  server(['bigquery'], { project, dataset }),
  server(['clickhouse', 'mysql', 'synapse'], { host, port, database }),
  server(['cloudsql', 'postgres', 'postgresql', 'vertica'], { host, port, database, schema }),
  server(['databricks'], { catalog, schema, host: host.optional() }),
  server(['db2'], { host, port, database, schema: schema.optional() }),
  server(['denodo'], { host, port, database: database.optional() }),
  server(['dremio'], { host, port, schema: schema.optional() }),
  server(['duckdb'], { database, schema: schema.optional() }),
  server(['glue'], { account, database, location: location.optional(), format: format.optional() }),
  server(['hive', 'impala', 'informix', 'zen'], { host, database, port: port.optional() }),
  server(['oracle'], { host, port, serviceName }),
  server(['presto'], { host, catalog: catalog.optional(), schema: schema.optional() }),
  server(['redshift'], {
    database,
    schema,
    host: host.optional(),
    region: region.optional(),
    account: account.optional(),
  }),
  server(['snowflake'], {
    account,
    database,
    schema,
    host: host.optional(),
    port: port.optional(),
    warehouse: warehouse.optional(),
  }),
  server(['sqlserver'], { host, database, schema, port: port.optional() }),
  server(['trino'], { host, port, catalog, schema }),
] as const;

/** A server of any other kind: it has every setting, and needs none. */
const forAnything = server(['custom'], {
  account: account.optional(),
  catalog: catalog.optional(),
  database: database.optional(),
  dataset: dataset.optional(),
  delimiter: delimiter.optional(),
  endpointUrl: uri('The address that answers requests.').optional(),
  format: format.optional(),
  host: host.optional(),
  location: location.optional(),
  path: path.optional(),
  port: port.optional(),
  project: project.optional(),
  region: region.optional(),
  regionName: region.optional(),
  schema: schema.optional(),
  serviceName: serviceName.optional(),
  stagingDir: words('Where results of queries are put.', 1000).optional(),
  stream: stream.optional(),
  warehouse: warehouse.optional(),
});

/** The servers that hold the data. */
export const servers = z
  .array(
    z
      .discriminatedUnion('type', [...forFiles, ...forTables, forAnything])
      .meta({ description: 'A server that holds the data.' }),
  )
  .meta({ description: 'Where the data is kept.' });
