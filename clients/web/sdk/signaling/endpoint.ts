import { issuerOf } from '../credential';
import { invalidArgument } from '../errors';

/** Where the calling protocol lives on every server. */
const CALLING_PATH = '/calling/v1';

/** How a server's address may be known, the first that is there wins. */
export interface EndpointSources {
  /** What the application configured. */
  configured?: string | undefined;
  /** A token whose issuer is its server. */
  token: string;
  /** The address this module was loaded from. */
  moduleUrl: string;
}

/**
 * The WebSocket address of the calling protocol: of the configured endpoint, else of the token's issuer, else of the
 * server that this module came from.
 *
 * @throws CommunicationServicesError 400 when the address is no http(s) URL, or plain http to another machine
 */
export function signalingUrl(sources: EndpointSources): string {
  if (sources.configured !== undefined) {
    return toWebSocket(parse(sources.configured, 'The endpoint'));
  }
  const issuer = issuerOf(sources.token);
  if (issuer !== undefined && /^https?:\/\//i.test(issuer)) {
    return toWebSocket(parse(issuer, "The token's issuer"));
  }
  return toWebSocket(parse(sources.moduleUrl, 'The address of the SDK'));
}

function parse(text: string, what: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalidArgument(`${what} is not a URL: ${text}`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalidArgument(`${what} must begin with https:// (or http:// on this machine): ${text}`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalidArgument(`${what} uses plain http to another machine; use https: ${text}`);
  }
  return url;
}

function toWebSocket(url: URL): string {
  return `${url.protocol === 'https:' ? 'wss:' : 'ws:'}//${url.host}${CALLING_PATH}`;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d+){3}$/.test(host)
  );
}
