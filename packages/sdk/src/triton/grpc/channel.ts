import {
  Channel,
  type ChannelCredentials,
  type ChannelInterface,
  type ChannelOptions,
  credentials,
} from '@grpc/grpc-js';
import { checkTls } from '../check-tls.ts';
import { InvalidInputError } from '../errors.ts';
import { parseServerUrl } from '../server-url.ts';
import type { TlsOptions, TransportOptions } from '../transport.ts';
import { OpenSockets } from './open-sockets.ts';

/** Where a channel goes. */
export interface GrpcChannel {
  readonly channel: ChannelInterface;
  readonly sockets: OpenSockets;
  /** For errors: `http://gpu-box:8001`. */
  readonly server: string;
}

/**
 * A channel that connects at its first call. `https` means TLS. Throws `invalid-input` for an address with a path (gRPC
 * has none to put it in) and for certificates that are none.
 */
export function openChannel({ url, tls, maxResponseBytes }: TransportOptions): GrpcChannel {
  const { protocol, origin, host, hostname, port, pathname } = parseServerUrl(url, 'grpcUrl');
  if (pathname !== '/') {
    throw invalid(`gRPC cannot go to a path, as ${origin} with one has`, 'Give the origin of the gRPC port only.');
  }
  if (tls) checkTls(tls);
  const isSecure = protocol === 'https:';
  const target = `dns:${port === '' ? `${host}:${isSecure ? 443 : 80}` : host}`;
  const channelOptions = { ...optionsOf(maxResponseBytes), ...namesOf(hostname, tls) };
  const sockets = new OpenSockets();
  const channelCredentials = sockets.watch(isSecure ? secure(tls, origin) : credentials.createInsecure());
  return { channel: new Channel(target, channelCredentials, channelOptions), sockets, server: origin };
}

const mebibyte = 2 ** 20;

function optionsOf(maxResponseBytes = 512 * mebibyte): ChannelOptions {
  return {
    'grpc.max_receive_message_length': maxResponseBytes,
    // Requests are measured before they are written.
    'grpc.max_send_message_length': -1,
    // Repeating is the client's decision: it knows what may run twice.
    'grpc.enable_retries': 0,
    'grpc.enable_channelz': 0,
    // Connections of its own, so that closing one client ends them and no other.
    'grpc.use_local_subchannel_pool': 1,
    // As over HTTP: addresses are taken as they are.
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
    // A server that comes back is reached within a second.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1_000,
    'grpc.dns_min_time_between_resolutions_ms': 1_000,
    // Finds connections that died silently. Triton ends connections that ping more often than every five minutes.
    'grpc.keepalive_time_ms': 330_000,
    'grpc.keepalive_timeout_ms': 10_000,
    // HTTP/2's own 64 KiB make a large response wait for the client again and again. This much a stream may run ahead.
    'grpc-node.flow_control_window': 4 * mebibyte,
  };
}

function namesOf(hostname: string, tls: TlsOptions | undefined): ChannelOptions {
  if (tls?.serverName !== undefined) return { 'grpc.ssl_target_name_override': tls.serverName };
  // An address in brackets is one for URLs; certificates have it without.
  if (hostname.startsWith('[')) return { 'grpc.ssl_target_name_override': hostname.slice(1, -1) };
  return {};
}

function secure(tls: TlsOptions | undefined, origin: string): ChannelCredentials {
  const { ca, cert, key } = tls ?? {};
  const bytes = (pem: string | undefined): Buffer | null => (pem === undefined ? null : Buffer.from(pem));
  try {
    return credentials.createSsl(bytes(ca), bytes(key), bytes(cert));
  } catch {
    // The cause may hold parts of the key.
    throw invalid(
      `The certificates for ${origin} are unusable`,
      'Give PEM text: ca, or cert and key that belong together.',
    );
  }
}

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
