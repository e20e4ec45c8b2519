import { AsyncLocalStorage } from 'node:async_hooks';
import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import type { ConnectionPlugin } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import protos from '@temporalio/proto';

/**
 * How time passes for a run. `skips`: to its next timer, whenever nothing of it is in flight. `stands`: as on the wall, until
 * the spec moves it; for a run that waits for a message, which would else skip to its deadline before the message comes.
 */
export type RunTime = 'skips' | 'stands';

const { ExecuteMultiOperationRequest, SignalWithStartWorkflowExecutionRequest, StartWorkflowExecutionRequest } =
  protos.temporal.api.workflowservice.v1;
type Start = Pick<
  protos.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest,
  'timeSkippingConfig' | 'workflowStartDelay'
>;
type Rewrite = (message: Uint8Array, setTime: (request: Start) => void) => Uint8Array;

/** The requests that start a run. The SDK has no option for its time, and hands on encoded requests. */
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

/** Gives each run that is started over a connection its time. */
export class StartClock implements ConnectionPlugin {
  readonly name = 'longhaul-start-clock';
  readonly #chosen = new AsyncLocalStorage<RunTime>();
  /** How much later than on the wall it is for runs when they do their first task, in milliseconds. */
  laterMs = 0;

  configureConnection<Options extends { interceptors?: Interceptor[] }>(options: Options): Options {
    return { ...options, interceptors: [...(options.interceptors ?? []), this.#interceptor] };
  }

  startIn<T>(time: RunTime, start: () => Promise<T>): Promise<T> {
    return this.#chosen.run(time, start);
  }

  readonly #interceptor: Interceptor = (options, nextCall) => {
    const rewrite = starts[options.method_definition.path.split('/').at(-1) ?? ''];
    // Read here: the message is sent outside of the caller's context.
    const time = this.#chosen.getStore() ?? 'skips';
    return new InterceptingCall(nextCall(options), {
      sendMessage: (message: unknown, next) =>
        next(rewrite ? rewrite(message as Uint8Array, (request) => this.#setTime(request, time)) : message),
    });
  };

  /** The start time of a run is always the wall's; its clock is moved on before its first task. */
  #setTime(request: Start, time: RunTime): void {
    const later = this.laterMs > 0 ? msToTs(this.laterMs) : undefined;
    if (later) request.workflowStartDelay = later;
    if (time === 'skips') request.timeSkippingConfig = { enabled: true };
    else if (later) request.timeSkippingConfig = { enabled: true, fastForwardConfig: { id: 'start', duration: later } };
  }
}
