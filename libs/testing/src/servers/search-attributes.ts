/** What every Temporal namespace needs before our workers run against it. */
export const searchAttributes = { LonghaulAttention: 'Keyword', LonghaulAttentionOwner: 'Keyword' } as const;
