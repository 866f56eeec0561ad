import type { Call } from '../api';
import type { TransferOffer } from '../generated/vaxel/signaling/v1/signaling_pb';

/** The transferee's side of transfers: every offer is accepted, once, whether or not a feature listens. */
export class CallTransfers {
  readonly #place: (offer: TransferOffer) => Call;
  readonly #listeners = new Set<(offer: TransferOffer) => void>();
  readonly #accepted = new Map<string, Call>();

  /** @param place begins the call that an offer asks for */
  constructor(place: (offer: TransferOffer) => Call) {
    this.#place = place;
  }

  onOffer(listener: (offer: TransferOffer) => void): void {
    this.#listeners.add(listener);
  }

  /** The server offers; a second time when it does not know that the first arrived. */
  offered(offer: TransferOffer): void {
    if (this.#accepted.has(offer.transferId)) {
      return;
    }
    for (const listener of this.#listeners) {
      listener(offer);
    }
    this.accept(offer);
  }

  /** The call that carries out the offer; the same one each time. */
  accept(offer: TransferOffer): Call {
    const call = this.#accepted.get(offer.transferId) ?? this.#place(offer);
    this.#accepted.set(offer.transferId, call);
    return call;
  }
}
