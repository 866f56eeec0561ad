import { CallAgentImpl } from './agent/CallAgentImpl';
import type { CallAgent, CallAgentOptions, CallClientOptions, DeviceManager } from './api';
import type { CommunicationTokenCredential } from './credential';
import { DeviceManagerImpl } from './devices/DeviceManagerImpl';
import { invalidArgument, notSupported, wrongState } from './errors';
import { signalingUrl } from './signaling/endpoint';
import { SignalingConnection } from './signaling/SignalingConnection';

declare const __SDK_VERSION__: string;

const MAX_DISPLAY_NAME = 256;

/** Where everything begins: makes call agents, and knows the devices. */
export class CallClient {
  readonly #options: CallClientOptions;
  #devices: DeviceManagerImpl | undefined;
  #agent: CallAgentImpl | 'opening' | undefined;

  constructor(options: CallClientOptions = {}) {
    this.#options = options;
  }

  /**
   * Connects a user to the server. There is one agent for each client; dispose it before making another.
   *
   * @throws CommunicationServicesError 401 or 403 when the token is refused, 503 when the server can't be reached, 409 when
   *     there is an agent already
   */
  async createCallAgent(
    credential: CommunicationTokenCredential,
    options: CallAgentOptions = {},
  ): Promise<CallAgent> {
    if (this.#agent !== undefined) {
      throw wrongState('This client has an agent already: dispose it first');
    }
    if ((options.displayName?.length ?? 0) > MAX_DISPLAY_NAME) {
      throw invalidArgument(`displayName must have at most ${String(MAX_DISPLAY_NAME)} characters`);
    }
    const connect = (receivesCalls: boolean): Promise<SignalingConnection> =>
      this.#connect(credential, options.displayName ?? '', receivesCalls);
    this.#agent = 'opening';
    try {
      const connection = await connect(true);
      this.#agent = new CallAgentImpl(
        {
          displayName: options.displayName,
          devices: this.#deviceManager(),
          logger: this.#options.logger,
          connect,
          disposed: () => {
            this.#agent = undefined;
          },
        },
        connection,
      );
      return this.#agent;
    } catch (error) {
      this.#agent = undefined;
      throw error;
    }
  }

  /** Microsoft Teams identities are not of this service. @throws CommunicationServicesError 501, always */
  createTeamsCallAgent(): Promise<never> {
    return Promise.reject(notSupported('Calls of Microsoft Teams users'));
  }

  /** Always the same one. */
  getDeviceManager(): Promise<DeviceManager> {
    return Promise.resolve(this.#deviceManager());
  }

  /** Disposes the agent and everything else. */
  async dispose(): Promise<void> {
    if (this.#agent instanceof CallAgentImpl) {
      await this.#agent.dispose();
    }
    this.#devices?.dispose();
    this.#devices = undefined;
  }

  #connect(
    credential: CommunicationTokenCredential,
    displayName: string,
    receivesCalls: boolean,
  ): Promise<SignalingConnection> {
    return SignalingConnection.open({
      getToken: () => credential.getToken(),
      address: (token) =>
        signalingUrl({ configured: this.#options.endpoint, token, moduleUrl: import.meta.url }),
      displayName,
      sdkName: 'vaxel-calling-js',
      sdkVersion: __SDK_VERSION__,
      receivesCalls,
    });
  }

  #deviceManager(): DeviceManagerImpl {
    this.#devices ??= new DeviceManagerImpl();
    return this.#devices;
  }
}
