import { TritonClient } from '../../client/client.ts';
import type { TritonCallOptions } from '../../client/client-options.ts';
import type { TritonStream } from '../../client/stoppable-stream.ts';
import type { InferRequest, InferResponse } from '../../wire/tensor.ts';

/** A client of the real server that also notes what goes out. */
export class SpyClient extends TritonClient {
  readonly calls: { readonly request: InferRequest; readonly options: TritonCallOptions }[] = [];

  override infer(request: InferRequest, options: TritonCallOptions = {}): Promise<InferResponse> {
    this.calls.push({ request, options });
    return super.infer(request, options);
  }

  override stream(request: InferRequest, options: TritonCallOptions = {}): TritonStream<InferResponse> {
    this.calls.push({ request, options });
    return super.stream(request, options);
  }
}
