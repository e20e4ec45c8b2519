import { AsyncLocalStorage } from 'node:async_hooks';
import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import type { ConnectionPlugin } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import protos from '@temporalio/proto';

/**
 * How time passes in a run. `skips`: it skips to its next timer whenever it has no activity or task in progress. `stands`: like
 * the real clock, until the spec moves it; for runs that wait for a message, which would otherwise skip to their deadline.
 */
export type RunTime = 'skips' | 'stands';

const { ExecuteMultiOperationRequest, SignalWithStartWorkflowExecutionRequest, StartWorkflowExecutionRequest } =
  protos.temporal.api.workflowservice.v1;
type Start = Pick<
  protos.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest,
  'timeSkippingConfig' | 'workflowStartDelay'
>;
type Rewrite = (message: Uint8Array, setTime: (request: Start) => void) => Uint8Array;

/** The requests that start a run. They are rewritten, because the SDK has no option for time skipping. */
const starts: Readonly<Record<string, Rewrite>> = {
  StartWorkflowExecution(message, setTime) {
    const request = StartWorkflowExecutionRequest.decode(message);
    setTime(request);
    return StartWorkflowExecutionRequest.encode(request).finish();
  },
  SignalWithStartWorkflowExecution(message, setTime) {
    const request = SignalWithStartWorkflowExecutionRequest.decode(message);
    setTime(request);
    return SignalWithStartWorkflowExecutionRequest.encode(request).finish();
  },
  ExecuteMultiOperation(message, setTime) {
    const request = ExecuteMultiOperationRequest.decode(message);
    for (const { startWorkflow } of request.operations) if (startWorkflow) setTime(startWorkflow);
    return ExecuteMultiOperationRequest.encode(request).finish();
  },
};

/** Sets how time passes in each run that is started over a connection. */
export class StartClock implements ConnectionPlugin {
  readonly name = 'longhaul-start-clock';
  readonly #chosen = new AsyncLocalStorage<RunTime>();
  /** How far the clocks of new runs are ahead of the real clock at their first task, in milliseconds. */
  laterMs = 0;

  configureConnection<Options extends { interceptors?: Interceptor[] }>(options: Options): Options {
    return { ...options, interceptors: [...(options.interceptors ?? []), this.#interceptor] };
  }

  startIn<T>(time: RunTime, start: () => Promise<T>): Promise<T> {
    return this.#chosen.run(time, start);
  }

  readonly #interceptor: Interceptor = (options, nextCall) => {
    const rewrite = starts[options.method_definition.path.split('/').at(-1) ?? ''];
    // Read here, because the message is sent outside of the caller's async context.
    const time = this.#chosen.getStore() ?? 'skips';
    return new InterceptingCall(nextCall(options), {
      sendMessage: (message: unknown, next) =>
        next(rewrite ? rewrite(message as Uint8Array, (request) => this.#setTime(request, time)) : message),
    });
  };

  /** The start time of a run is always that of the real clock; its clock is moved before its first task. */
  #setTime(request: Start, time: RunTime): void {
    const later = this.laterMs > 0 ? msToTs(this.laterMs) : undefined;
    if (later) request.workflowStartDelay = later;
    if (time === 'skips') request.timeSkippingConfig = { enabled: true };
    else if (later) request.timeSkippingConfig = { enabled: true, fastForwardConfig: { id: 'start', duration: later } };
  }
}
