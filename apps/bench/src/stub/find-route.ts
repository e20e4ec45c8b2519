export interface Found {
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route (`POST /payments/:paymentId/opening`) of a call. Ids in paths are plain, so nothing is decoded. */
export function routeFinder(routes: readonly string[]): (call: string) => Found | undefined {
  const plain = new Map(routes.filter((route) => !route.includes(':')).map((route) => [route, { route, params: {} }]));
  const patterns = routes
    .filter((route) => !plain.has(route))
    .map((route) => ({ route, pattern: new RegExp(`^${route.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }));
  return (call) => {
    const known = plain.get(call);
    if (known) return known;
    for (const { route, pattern } of patterns) {
      const match = pattern.exec(call);
      if (match) return { route, params: match.groups ?? {} };
    }
    return undefined;
  };
}
