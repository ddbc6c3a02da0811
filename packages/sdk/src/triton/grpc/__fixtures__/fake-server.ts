import { once } from 'node:events';
import { createServer, type Server as TcpServer } from 'node:net';
import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

const asIs = (bytes: Buffer): Buffer => bytes;
const method = (name: string, streams: boolean) => ({
  path: `/inference.GRPCInferenceService/${name}`,
  requestStream: streams,
  responseStream: streams,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
});

/** Something on loopback that misbehaves in a way that the real server cannot be made to. */
export interface FakeServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A gRPC server that answers with bytes. `serverLive`, `modelInfer` and `modelStreamInfer` are what it has. */
export async function fakeGrpcServer(
  handlers: Record<string, UntypedHandleCall>,
  credentials = ServerCredentials.createInsecure(),
): Promise<FakeServer> {
  const server = new Server({ 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
  const service: ServiceDefinition = {
    serverLive: method('ServerLive', false),
    modelInfer: method('ModelInfer', false),
    modelConfig: method('ModelConfig', false),
    modelStreamInfer: method('ModelStreamInfer', true),
  };
  const implementation: UntypedServiceImplementation = handlers;
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const scheme = credentials._isSecure() ? 'https' : 'http';
  return { url: `${scheme}://127.0.0.1:${port}`, close: async () => server.forceShutdown() };
}

/** A server on TCP; `onConnection` gets every socket. */
export async function fakeTcpServer(
  onConnection: (socket: import('node:net').Socket) => void,
): Promise<FakeServer & { readonly connections: () => Promise<number> }> {
  const server: TcpServer = createServer((socket) => {
    socket.on('error', () => {});
    // Unread, it would not notice that the other side is gone.
    socket.resume();
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    close: async () => {
      server.close();
    },
  };
}
