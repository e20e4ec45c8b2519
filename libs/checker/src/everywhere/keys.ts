/** `<workflow id>/<step>` or `<workflow id>/<step>/<n>`; undefined for anything else. */
export function readKey(key: string): { workflowId: string; step: string } | undefined {
  const [, workflowId, step] = /^([^/]+)\/([^/]+)(?:\/\d+)?$/.exec(key) ?? [];
  return workflowId && step ? { workflowId, step } : undefined;
}
