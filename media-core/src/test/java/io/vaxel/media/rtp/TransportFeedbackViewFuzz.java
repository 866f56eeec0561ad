package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a subscriber reports: no exception, and as many statuses as announced or none. */
class TransportFeedbackViewFuzz {
  @FuzzTest
  void readsAnything(byte[] input) {
    RtcpView rtcp = new RtcpView();
    if (!rtcp.wrap(ByteBuffer.wrap(input), input.length)) {
      return;
    }
    TransportFeedbackView view = new TransportFeedbackView();
    while (rtcp.next()) {
      if (rtcp.isTransportFeedback()) {
        view.wrap(rtcp);
        int statuses = 0;
        while (view.next()) {
          statuses++;
        }
        assertEquals(view.statusCount(), statuses);
      }
    }
  }
}
