import { Client, Connection } from '@temporalio/client';

/** How many runs there are, by a query such as \`WorkflowType = "bookRide"\`. The list lags behind the runs. */
export async function countRuns(address: string, query: string): Promise<number> {
  const connection = await Connection.connect({ address });
  try {
    const { count } = await new Client({ connection }).workflow.count(query);
    return count;
  } finally {
    await connection.close();
  }
}
