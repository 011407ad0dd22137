/**
 * What DynamoDB does with a table’s key as whoever makes the table: less than this, with `kms:DescribeKey` and `kms:CreateGrant`, and
 * AWS does not say that the table is made.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const TABLE_KEY_USE = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;
