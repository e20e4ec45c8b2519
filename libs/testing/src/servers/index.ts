export { startAwsEmulator, type AwsEmulator, type AwsEmulatorOptions } from './aws-emulator.ts';
export { findCfnLint, findMotoServer } from './aws-tools.ts';
export { startChild, tellEnding, type Child, type ChildSpec, type Ending } from './child.ts';
export { countRuns } from './count-runs.ts';
export { devServerArgs, startDevServer, type DevServer, type DevServerOptions } from './dev-server.ts';
export { lateTestServer } from './late-server.ts';
export { freePort, PortTaken, requireFree, type NamedPort } from './ports.ts';
export { processIdentity } from './process-identity.ts';
export { elapsed, tellOnlyWaits, tellPlainly, type Progress } from './progress.ts';
export {
  startProductionServer,
  type ProductionServer,
  type ProductionServerOptions,
} from './production/production-server.ts';
export { searchAttributes } from './search-attributes.ts';
export { servesNamespace } from './serves.ts';
export { findTemporalCli } from './temporal-cli.ts';
export { findTemporalServer } from './temporal-server.ts';
export { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts';
export { openTlsDoor, testCertificates, type TlsDoor } from './tls-door.ts';
