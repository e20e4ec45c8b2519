import { Client, Connection } from '@temporalio/client';

/** Counts runs by a query such as \`WorkflowType = "bookRide"\`. New runs are counted with a delay. */
export async function countRuns(address: string, query: string): Promise<number> {
  const connection = await Connection.connect({ address });
  try {
    const { count } = await new Client({ connection }).workflow.count(query);
    return count;
  } finally {
    await connection.close();
  }
}
