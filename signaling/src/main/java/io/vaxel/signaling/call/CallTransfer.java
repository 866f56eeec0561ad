package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferCall;
import io.vaxel.signaling.proto.TransferOffer;
import io.vaxel.signaling.proto.TransferStarted;
import io.vaxel.signaling.proto.TransferUpdate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The transfer of one call, if there is one now. Used on the call's loop. */
final class CallTransfer {
  private final Transfers registry;
  private final EventExecutor loop;
  private final Duration timeout;
  private final Runnable onTransferred;
  private @Nullable Transfer current;
  private @Nullable CallParticipant transferor;
  private @Nullable CallParticipant transferee;

  /**
   * @param onTransferred ends the call
   */
  CallTransfer(Transfers registry, EventExecutor loop, Duration timeout, Runnable onTransferred) {
    this.registry = registry;
    this.loop = loop;
    this.timeout = timeout;
    this.onTransferred = onTransferred;
  }

  /** Carries out TransferCall; when it throws, nothing has changed. */
  void begin(
      CallParticipant from,
      CallParticipant to,
      long requestId,
      String transferId,
      TransferCall request)
      throws RequestRefusedException {
    if (current != null) {
      throw new RequestRefusedException(SignalingError.TRANSFER_IN_PROGRESS);
    }
    CustomContexts.check(request.getCustomContext());
    TransferOffer.Builder offer =
        TransferOffer.newBuilder()
            .setTransferId(transferId)
            .setTransferor(from.user().toCallerInfo());
    switch (request.getTargetCase()) {
      case TARGET_USER -> {
        Target target = Target.of(request.getTargetUser(), from.user());
        if (target.rawId().equals(to.userId())) {
          throw new RequestRefusedException(SignalingError.INVALID_TARGET);
        }
        offer.setTargetUser(target.rawId());
      }
      case TARGET_CALL -> offer.setTargetCall(request.getTargetCall());
      default -> throw new RequestRefusedException(SignalingError.INVALID_TARGET);
    }
    Transfer transfer =
        new Transfer(transferId, from.user(), to.user(), request, loop, timeout, this::over);
    current = transfer;
    transferor = from;
    transferee = to;
    registry.add(transfer);
    from.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setTransferStarted(TransferStarted.newBuilder().setTransferId(transferId))
            .build());
    tell(from, transfer, TransferUpdate.State.TRANSFERRING, null);
    to.send(ServerMessage.newBuilder().setTransferOffer(offer).build());
  }

  /** The call is over. */
  void abandon() {
    if (current != null) {
      registry.remove(current);
      current.abandon();
      forget();
    }
  }

  /** Somebody has left while the call goes on. */
  void left(CallParticipant participant) {
    if (participant.equals(transferor)) {
      abandon();
    } else if (participant.equals(transferee)) {
      giveUp();
    }
  }

  /** The call has become one that cannot be transferred. */
  void giveUp() {
    if (current != null) {
      current.giveUp(EndReason.CANCELLED);
    }
  }

  private void over(Transfer transfer, @Nullable EndReason failure) {
    registry.remove(transfer);
    CallParticipant told = transferor;
    forget();
    if (told != null) {
      tell(
          told,
          transfer,
          failure == null ? TransferUpdate.State.TRANSFERRED : TransferUpdate.State.FAILED,
          failure);
    }
    if (failure == null) {
      onTransferred.run();
    }
  }

  private void forget() {
    current = null;
    transferor = null;
    transferee = null;
  }

  private static void tell(
      CallParticipant transferor,
      Transfer transfer,
      TransferUpdate.State state,
      @Nullable EndReason failure) {
    TransferUpdate.Builder update =
        TransferUpdate.newBuilder().setTransferId(transfer.id()).setState(state);
    if (failure != null) {
      update.setCode(failure.code()).setSubCode(failure.subCode());
    }
    transferor.send(ServerMessage.newBuilder().setTransferUpdate(update).build());
  }
}
