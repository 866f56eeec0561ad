package io.vaxel.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishNegotiationTest {
  private static Negotiated answer(String text) throws SdpException {
    return PublishNegotiation.answer(SessionDescription.parse(text), Descriptions.SERVER);
  }

  private static Negotiated changed(UnaryOperator<String> change) throws SdpException {
    return answer(change.apply(Descriptions.text("chromium-offer-camera")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera", "screen", "simulcast", "preferences", "recv"})
  void everyBrowserOfferGetsACompleteAnswer(String name) throws SdpException {
    for (String browser : List.of("chromium-offer-", "firefox-offer-")) {
      SessionDescription offer = Descriptions.parsed(browser + name);
      Negotiated negotiated = PublishNegotiation.answer(offer, Descriptions.SERVER);
      SessionDescription answer = negotiated.description();
      assertEquals(answer, SessionDescription.parse(answer.write()));
      assertTrue(answer.iceLite());
      assertEquals(offer.media().size(), answer.media().size());
      for (int i = 0; i < offer.media().size(); i++) {
        MediaDescription offered = offer.media().get(i);
        MediaDescription answered = answer.media().get(i);
        assertEquals(offered.mid(), answered.mid());
        assertEquals(offered.kind(), answered.kind());
        assertEquals(offered.kind() == MediaKind.APPLICATION, answered.isRejected());
        assertEquals(!answered.isRejected(), answer.bundle().contains(answered.mid()));
        if (!answered.isRejected()) {
          assertEquals(
              offered.direction().sends() ? Direction.RECVONLY : Direction.INACTIVE,
              answered.direction());
          assertEquals(Setup.PASSIVE, answered.setup());
          assertEquals(Descriptions.SERVER.ice(), answered.ice());
          assertEquals(2, answered.candidates().size());
          assertTrue(answered.endOfCandidates() && answered.rtcpMux());
          assertNull(answered.simulcast());
        }
      }
      RemoteTransport remote = negotiated.remote();
      assertNotNull(remote);
      assertEquals(offer.media().getFirst().ice(), remote.ice());
      assertEquals(offer.media().getFirst().fingerprint(), remote.fingerprint());
      assertEquals(Setup.ACTIVE, remote.setup());
    }
  }

  @Test
  void carriesTheCodecsThatSubscribersCanGet() throws SdpException {
    Negotiated negotiated = changed(text -> text);
    NegotiatedMedia audio = negotiated.media().get(0);
    assertEquals(List.of(111), audio.codecs().stream().map(Codec::payloadType).toList());
    assertEquals("10", audio.codecs().getFirst().parameter("minptime", ""));
    NegotiatedMedia video = negotiated.media().get(1);
    for (Codec codec : video.codecs()) {
      if (!codec.is(Codec.RTX)) {
        assertNotNull(ServerCodecs.canonical(codec));
        assertTrue(video.rtxPayloadType(codec.payloadType()) > 0);
        assertEquals(List.of("transport-cc", "ccm fir", "nack", "nack pli"), codec.feedback());
      }
    }
    for (String name : List.of(Codec.VP8, Codec.VP9, Codec.H264, Codec.AV1)) {
      assertTrue(video.codecs().stream().anyMatch(codec -> codec.is(name)), name);
    }
    assertNull(video.codec(118)); // red
    MediaDescription offered = Descriptions.parsed("chromium-offer-camera").media().get(1);
    assertEquals(offered.mediaSsrc(), video.mediaSsrc());
    assertEquals(offered.rtxSsrc(), video.rtxSsrc());
    assertEquals(offered.msid(), video.msid());
  }

  @Test
  void keepsTheExtensionsWeUseUnderTheOffersIds() throws SdpException {
    NegotiatedMedia video = changed(text -> text).media().get(1);
    assertEquals(3, video.extensionId(HeaderExtension.TRANSPORT_WIDE_CC));
    assertEquals(4, video.extensionId(HeaderExtension.MID));
    assertEquals(0, video.extensionId("urn:ietf:params:rtp-hdrext:toffset"));
    NegotiatedMedia firefox = answer(Descriptions.text("firefox-offer-camera")).media().get(1);
    assertEquals(0, firefox.extensionId(HeaderExtension.PLAYOUT_DELAY), "offered recvonly");
  }

  @Test
  void announcesErrorCorrectionForOpus() throws SdpException {
    Codec opus =
        changed(text -> text.replace("minptime=10;useinbandfec=1", "usedtx=1"))
            .media()
            .getFirst()
            .codecs()
            .getFirst();
    assertEquals("1", opus.parameter("useinbandfec", ""));
    assertEquals("1", opus.parameter("usedtx", ""));
  }

  @Test
  void takesCapitalLettersInCodecNames() throws SdpException {
    assertFalse(
        changed(text -> text.replace("opus/48000", "OPUS/48000")).media().getFirst().rejected());
  }

  @Test
  void rejectsSectionsItCannotUseAndKeepsTheOthers() throws SdpException {
    List<UnaryOperator<String>> changes =
        List.of(
            text -> text.replaceFirst("a=rtcp-mux\r\n", ""),
            text -> text.replace("opus/48000", "other/48000"),
            text -> text.replace("BUNDLE 0 1", "BUNDLE 1"),
            text -> text.replaceFirst("m=audio \\d+ ", "m=audio 0 "),
            text -> text.replaceFirst("UDP/TLS/RTP/SAVPF", "RTP/AVP"));
    for (UnaryOperator<String> change : changes) {
      Negotiated negotiated = changed(change);
      assertTrue(negotiated.media().getFirst().rejected());
      MediaDescription audio = negotiated.description().media().getFirst();
      assertTrue(audio.isRejected());
      assertNull(audio.ice());
      assertEquals(List.of("1"), negotiated.description().bundle());
      assertFalse(negotiated.media().get(1).rejected());
      assertNotNull(negotiated.remote());
    }
  }

  @Test
  void answersAnOfferWhoseSectionsAreAllStopped() throws SdpException {
    Negotiated negotiated = changed(text -> text.replaceAll("(m=\\w+) \\d+ ", "$1 0 "));
    assertNull(negotiated.remote());
    assertEquals(List.of(), negotiated.description().bundle());
  }

  @Test
  void theOfferedTransportMustBeUsable() {
    assertThrows(
        SdpException.class, () -> changed(text -> text.replaceAll("a=fingerprint.*\r\n", "")));
    assertThrows(
        SdpException.class,
        () ->
            changed(
                text -> text.replaceAll("a=fingerprint.*\r\n", "a=fingerprint:sha-1 AA:BB\r\n")));
    assertThrows(
        SdpException.class, () -> changed(text -> text.replaceAll("a=ice-(ufrag|pwd).*\r\n", "")));
    assertThrows(
        SdpException.class, () -> changed(text -> text.replace("setup:actpass", "setup:passive")));
    assertThrows(SdpException.class, () -> answer("v=0\r\no=- 1 1 IN IP4 x\r\n"));
  }

  @Test
  void nobodyElsesExtensionIdsAboveFourteenUnlessMixingIsAllowed() throws SdpException {
    UnaryOperator<String> far =
        text -> text.replace("extmap:3 http://www.ietf", "extmap:16 http://www.ietf");
    assertEquals(16, changed(far).media().get(1).extensionId(HeaderExtension.TRANSPORT_WIDE_CC));
    assertEquals(
        0,
        changed(text -> far.apply(text).replace("a=extmap-allow-mixed\r\n", ""))
            .media()
            .get(1)
            .extensionId(HeaderExtension.TRANSPORT_WIDE_CC));
  }

  @Test
  void formatsOfOneProfileAreOneCodecWhateverTheLevel() {
    assertEquals(102, canonical("a=fmtp:96 packetization-mode=1;profile-level-id=42E034"));
    assertEquals(106, canonical("a=fmtp:96 packetization-mode=1;profile-level-id=42001f"));
    assertEquals(108, canonical("a=fmtp:96 profile-level-id=42001f"));
    assertEquals(-1, canonical("a=fmtp:96 profile-level-id=f4001f"));
  }

  private static int canonical(String fmtp) {
    try {
      Codec codec =
          SessionDescription.parse(
                  "v=0\r\no=- 1 1 IN IP4 x\r\nm=video 9 X 96\r\na=mid:0\r\na=rtpmap:96 H264/90000\r\n"
                      + fmtp)
              .media()
              .getFirst()
              .codecs()
              .getFirst();
      Codec found = ServerCodecs.canonical(codec);
      return found == null ? -1 : found.payloadType();
    } catch (SdpException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBundleOnlySectionIsNotARejectedOne() {
    MediaDescription.Builder section = new MediaDescription.Builder(MediaKind.VIDEO, "v");
    section.port = 0;
    assertTrue(section.build().isRejected());
    section.bundleOnly = true;
    assertFalse(section.build().isRejected());
  }
}
