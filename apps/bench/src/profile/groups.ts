/** The source of a function, according to V8's profile or a source map. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

type Rule = (frame: Frame) => boolean;

const inFile =
  (pattern: RegExp): Rule =>
  ({ url }) =>
    pattern.test(url);
const named =
  (functions: RegExp, file?: RegExp): Rule =>
  ({ functionName, url }) =>
    functions.test(functionName) && (file?.test(url) ?? true);
const any =
  (...rules: readonly Rule[]): Rule =>
  (frame) =>
    rules.some((rule) => rule(frame));

export const idle: Rule = named(/^\(idle\)$/);

interface Group {
  readonly name: string;
  readonly holds: Rule;
}

/** Groups by the innermost frame only, because all work of workflows is called through these frames. */
const innermost: readonly Group[] = [
  { name: 'garbage collection', holds: named(/^\(garbage collector\)$/) },
  { name: "Node's and V8's own", holds: named(/^\(program\)$/) },
  { name: 'vm calls (the watchdog of each)', holds: named(/^(runInContext|runInThisContext)$/) },
  { name: 'switching between workflows', holds: named(/^__TEMPORAL_CALL_INTO_SCOPE$/) },
  { name: 'messages between the threads', holds: named(/^(postMessage|structuredClone)$/) },
];

/** Groups by work, including everything that it calls. */
const works: readonly Group[] = [
  {
    name: "stack trace of each promise (SDK's hook)",
    holds: any(
      named(/^(init|getActivator|formatCallsiteName|cutoffStructuredStackTrace|settled)$/, /vm-shared/),
      named(/prepareStackTrace|overrideStackTrace|cutoffStackTrace/),
      inFile(/\/source-map\//),
    ),
  },
  { name: 'creating workflows', holds: named(/^(createWorkflow|initRuntime|injectGlobals|constructGlobals)$/) },
  { name: 'input checker (zod)', holds: inFile(/workflow-closed|\/zod\/|libs\/contracts\//) },
  {
    name: 'logging',
    holds: any(
      inFile(/\/(pino|sonic-boom|thread-stream)\/|(worker|process)-kit\/src\/log/),
      inFile(/worker\/lib\/logger/),
    ),
  },
  { name: 'metrics', holds: inFile(/runtime-metrics|lib\/metrics|worker-kit\/src\/metrics/) },
  { name: 'traces (OpenTelemetry)', holds: inFile(/opentelemetry/) },
  {
    name: 'axios and HTTP',
    holds: inFile(
      /\/(axios|follow-redirects|form-data)\/|^node:(http|_http|net|https|_tls|stream|internal\/(stream|http))/,
    ),
  },
  { name: 'service clients', holds: inFile(/libs\/service-clients\/|apps\/bench\/src\/bare\/calls/) },
  {
    name: 'codecs and protobuf',
    holds: inFile(
      /protobufjs|@temporalio\/proto\/|common\/(lib|src)\/(converter|internal-non-workflow|proto-utils|encoding)/,
    ),
  },
];

/** Groups by owner of the code, if it is no named work. Frames without an owner (such as JSON.parse) belong to their caller. */
const owners: readonly Group[] = [
  { name: 'native core', holds: inFile(/core-bridge/) },
  { name: "kit's workflow code", holds: inFile(/libs\/workflow-kit\/|apps\/booking-worker\/src\/workflows\//) },
  { name: "kit's worker code", holds: inFile(/libs\/(worker|process)-kit\/|apps\/booking-worker\/src\//) },
  { name: "bare's code", holds: inFile(/apps\/bench\/src\/bare/) },
  { name: "SDK's workflow runtime", holds: inFile(/@temporalio\/workflow\/|packages\/workflow\//) },
  { name: 'messages between the threads', holds: inFile(/^node:internal\/worker/) },
  { name: "SDK's worker", holds: inFile(/@temporalio\/(worker|activity|client|common)\/|rxjs/) },
];

export function groupOf(stack: readonly Frame[]): string {
  const first = stack.slice(0, 1);
  return find(innermost, first) ?? find(works, stack) ?? find(owners, stack) ?? 'rest';
}

function find(groups: readonly Group[], stack: readonly Frame[]): string | undefined {
  for (const frame of stack) {
    const group = groups.find(({ holds }) => holds(frame));
    if (group) return group.name;
  }
  return undefined;
}
