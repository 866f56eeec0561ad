package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever arrives: no exception and nothing read outside the packet. */
class RtcpViewFuzz {
  @FuzzTest
  void readsAnything(byte[] input) {
    RtcpView view = new RtcpView();
    if (!view.wrap(ByteBuffer.wrap(input), input.length)) {
      return;
    }
    long sum = 0;
    while (view.next()) {
      assertTrue(view.offset() + view.length() <= input.length);
      sum += view.senderSsrc() + readBody(view);
    }
    assertTrue(sum != Long.MIN_VALUE);
  }

  private static long readBody(RtcpView view) {
    long sum = 0;
    switch (view.type()) {
      case RtcpView.SENDER_REPORT, RtcpView.RECEIVER_REPORT -> {
        for (int i = 0; i < view.reportCount(); i++) {
          sum += view.reportSsrc(i) + view.cumulativeLost(i) + view.delaySinceLastSenderReport(i);
        }
        if (view.type() == RtcpView.SENDER_REPORT) {
          sum += view.ntpTimestamp() + view.octetCount();
        }
      }
      case RtcpView.SOURCE_DESCRIPTION -> {
        String cname = view.cname(1);
        sum += cname == null ? 0 : cname.length();
      }
      case RtcpView.BYE -> {
        for (int i = 0; i < view.count(); i++) {
          sum += view.byeSsrc(i);
        }
      }
      case RtcpView.TRANSPORT_FEEDBACK, RtcpView.PAYLOAD_FEEDBACK -> sum += readFeedback(view);
      default -> {}
    }
    return sum;
  }

  private static long readFeedback(RtcpView view) {
    long sum = view.mediaSsrc();
    if (view.isNack()) {
      for (int i = 0; i < view.nackCount(); i++) {
        sum += view.nackPacketId(i) + view.nackMask(i);
      }
    }
    if (view.isFir()) {
      for (int i = 0; i < view.firCount(); i++) {
        sum += view.firSsrc(i) + view.firSequence(i);
      }
    }
    if (view.isRemb()) {
      assertTrue(view.rembBitrate() >= 0);
      for (int i = 0; i < view.rembSsrcCount(); i++) {
        sum += view.rembSsrc(i);
      }
    }
    return sum;
  }
}
