package io.vaxel.media.sdp;

import java.util.List;

/**
 * Which layers are sent and received (RFC 8853): each entry names one layer, or alternatives with
 * commas between, with {@code ~} in front of one that starts paused.
 */
public record Simulcast(List<String> send, List<String> receive) {
  public Simulcast {
    send = List.copyOf(send);
    receive = List.copyOf(receive);
  }
}
