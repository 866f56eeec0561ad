package io.vaxel.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class SdpFuzz {
  @FuzzTest
  void aParsedDescriptionSurvivesWriting(byte[] bytes) throws SdpException {
    SessionDescription parsed;
    try {
      parsed = SessionDescription.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (SdpException refused) {
      return;
    }
    String written = parsed.write();
    if (written.length() <= SessionDescription.MAX_LENGTH) { // inherited lines are repeated
      assertEquals(parsed, SessionDescription.parse(written));
    }
    try {
      PublishNegotiation.answer(parsed, Descriptions.SERVER).description().write();
      SubscribeNegotiation.readAnswer(parsed, parsed);
    } catch (SdpException refused) {
      return;
    }
  }
}
