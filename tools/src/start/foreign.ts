/**
 * Variables that a shell may have set for another Temporal (such as a cloud namespace) or another database. They must not reach
 * the apps of `npm start`, which begins empty each time and listens on this machine.
 */
const foreign =
  /^TEMPORAL_(API_KEY|TLS|PROFILE|CONFIG_FILE|CLIENT_|GRPC_META_)|^DATABASE_URL$|^SANDBOX_(FOLDER|HOST|PUBLIC_URL)$/;

export const isForeign = (name: string): boolean => foreign.test(name);

export function withoutForeign(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => !isForeign(name)));
}
