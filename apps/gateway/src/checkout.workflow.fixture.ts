import { condition, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';

/** A top-up that only answers `checkout`, each time with another page. */
export async function topUpWallet(): Promise<void> {
  const { workflowId, runId } = workflowInfo();
  let asked = 0;
  setHandler(defineUpdate('checkout'), () => {
    asked += 1;
    const authorizationUrl = `https://checkout.paystack.test/${runId}/${asked}`;
    return { checkout: 'open', authorizationUrl, reference: workflowId };
  });
  await condition(() => false);
}
