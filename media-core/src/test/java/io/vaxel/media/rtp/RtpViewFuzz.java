package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever arrives: no exception, nothing outside the packet, and remapping keeps it readable. */
class RtpViewFuzz {
  @FuzzTest
  void readsAndRemapsAnything(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input.clone());
    RtpView view = new RtpView();
    RtpView.looksLikeRtp(bytes, input.length);
    if (!view.wrap(bytes, input.length)) {
      return;
    }
    assertEquals(input.length, view.headerLength() + view.payloadLength() + view.paddingLength());
    assertTrue(view.payloadLength() >= 0);
    HeaderExtensionMap map = new HeaderExtensionMap();
    int elements = 0;
    for (int id = 1; id <= 255; id++) {
      int offset = view.extensionOffset(id);
      if (offset >= 0) {
        elements++;
        assertTrue(offset + view.extensionLength(id) <= view.headerLength());
      }
      map.map(id, id ^ 1);
    }
    int header = view.headerLength();
    map.apply(view);
    assertTrue(view.wrap(bytes, input.length));
    assertEquals(header, view.headerLength());
    int remapped = 0;
    for (int id = 1; id <= 255; id++) {
      remapped += view.extensionOffset(id) >= 0 ? 1 : 0;
    }
    assertTrue(remapped <= elements, "elements only vanish");
    new HeaderExtensionMap().apply(view);
    for (int id = 1; id <= 255; id++) {
      assertEquals(RtpView.ABSENT, view.extensionOffset(id));
    }
  }
}
