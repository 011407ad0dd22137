/** The table of transfers, held in memory. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { Table } from '../../../lambda/transfer-audit/table';
import { DynamoError, type MemoryDynamo } from './memory-dynamo';

/** A function’s own view of a table. */
export function tableIn(memory: MemoryDynamo): Table {
  const send = async (command: { input: object }) => {
    try {
      return memory.answer(command.constructor.name.replace(/Command$/, ''), command.input as never);
    } catch (error) {
      if (!(error instanceof DynamoError) || error.name !== 'ConditionalCheckFailedException') throw error;
      const refused = new ConditionalCheckFailedException({ $metadata: {}, message: error.name });
      refused.cause = error;
      throw refused;
    }
  };
  return new Table({ send } as never, 'concordat-transfers');
}
