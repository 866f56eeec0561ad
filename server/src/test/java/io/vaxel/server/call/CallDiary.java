package io.vaxel.server.call;

import io.vaxel.client.Call;
import io.vaxel.client.CallEndReason;
import io.vaxel.client.CallListener;
import io.vaxel.client.IncomingTrack;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.signaling.proto.DataReceived;
import io.vaxel.signaling.proto.RealTimeTextReceived;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferOffer;
import io.vaxel.signaling.proto.TransferUpdate;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What one side of a call is told. */
final class CallDiary implements CallListener {
  final Queue<CallEndReason> ended = new ConcurrentLinkedQueue<>();
  final Queue<String> texts = new ConcurrentLinkedQueue<>();
  final Queue<String> data = new ConcurrentLinkedQueue<>();
  final Queue<String> sounds = new ConcurrentLinkedQueue<>();
  final Queue<TransferOffer> offers = new ConcurrentLinkedQueue<>();
  final Queue<TransferUpdate.State> transfers = new ConcurrentLinkedQueue<>();
  final Queue<ServerMessage> messages = new ConcurrentLinkedQueue<>();

  @Override
  public void message(ServerMessage message) {
    messages.add(message);
  }

  @Override
  public void received(IncomingTrack track, RtpView packet) {
    byte[] payload = new byte[packet.payloadLength()];
    packet.bytes().get(packet.payloadOffset(), payload);
    sounds.add(new String(payload, StandardCharsets.US_ASCII));
  }

  @Override
  public void realTimeTextReceived(RealTimeTextReceived text) {
    texts.add(text.getText());
  }

  @Override
  public void dataReceived(DataReceived received) {
    data.add(received.getPayload().toStringUtf8());
  }

  @Override
  public void transferRequested(Call call, TransferOffer offer) {
    offers.add(offer);
  }

  @Override
  public void transferUpdated(TransferUpdate update) {
    transfers.add(update.getState());
  }

  @Override
  public void ended(Call call, CallEndReason reason) {
    ended.add(reason);
  }
}
