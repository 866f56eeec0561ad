package io.vaxel.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCandidate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  private static final String AUDIO = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 77\r\na=mid:a\r\n";

  private static MediaDescription section(String lines) throws SdpException {
    return SessionDescription.parse(AUDIO + lines).media().getFirst();
  }

  private static void refused(String text, int line, String reason) {
    SdpException e = assertThrows(SdpException.class, () -> SessionDescription.parse(text));
    assertEquals(line, e.line(), e.getMessage());
    assertTrue(e.toString().contains(reason), e.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera", "screen", "simulcast", "preferences", "recv"})
  void whatBrowsersOfferSurvivesWriting(String name) throws SdpException {
    for (String browser : List.of("chromium", "firefox")) {
      SessionDescription offer = Descriptions.parsed(browser + "-offer-" + name);
      assertEquals(offer, SessionDescription.parse(offer.write()));
    }
  }

  @Test
  void readsAnOfferOfChromium() throws SdpException {
    SessionDescription offer = Descriptions.parsed("chromium-offer-camera");
    assertEquals(List.of("0", "1"), offer.bundle());
    assertTrue(offer.extmapAllowMixed());
    assertFalse(offer.iceLite());
    MediaDescription audio = offer.media().get(0);
    assertEquals(MediaKind.AUDIO, audio.kind());
    assertEquals(Direction.SENDONLY, audio.direction());
    assertEquals(Setup.ACTPASS, audio.setup());
    assertTrue(audio.rtcpMux() && audio.rtcpReducedSize());
    Codec opus = audio.codecs().getFirst();
    assertEquals(
        new Codec(
            111,
            "opus",
            48000,
            2,
            Map.of("minptime", "10", "useinbandfec", "1"),
            List.of("transport-cc")),
        opus);
    assertEquals(
        new HeaderExtension(1, HeaderExtension.AUDIO_LEVEL, null), audio.extensions().getFirst());
    MediaDescription video = offer.media().get(1);
    assertEquals(23, video.codecs().size());
    assertEquals(96, video.codecs().get(1).associatedPayloadType());
    assertEquals(
        List.of(video.mediaSsrc(), video.rtxSsrc()), video.ssrcGroups().getFirst().ssrcs());
    assertNotNull(video.ssrcs().getFirst().cname());
    IceCandidate first = audio.candidates().getFirst();
    assertEquals(IceCandidate.Transport.UDP, first.transport());
    assertEquals(IceCandidate.TcpType.ACTIVE, audio.candidates().getLast().tcpType());
  }

  @Test
  void readsAnOfferOfFirefoxWithItsLeftovers() throws SdpException {
    SessionDescription offer = Descriptions.parsed("firefox-offer-preferences");
    MediaDescription video = offer.media().get(1);
    assertEquals(0, video.port());
    assertTrue(video.bundleOnly());
    assertFalse(video.isRejected());
    assertEquals(List.of(120, 124), video.codecs().stream().map(Codec::payloadType).toList());
    assertTrue(video.extensions().stream().anyMatch(e -> e.direction() == Direction.RECVONLY));
    assertNotNull(video.fingerprint(), "stands at session level");
    assertNotNull(video.ice());
    assertTrue(offer.media().getFirst().endOfCandidates());
  }

  @Test
  void readsSimulcast() throws SdpException {
    MediaDescription video = Descriptions.parsed("chromium-offer-simulcast").media().get(1);
    assertEquals(
        List.of(new Rid("q", true, ""), new Rid("h", true, ""), new Rid("f", true, "")),
        video.rids());
    assertEquals(new Simulcast(List.of("q", "h", "f"), List.of()), video.simulcast());
    assertEquals(-1, video.mediaSsrc());
  }

  @Test
  void readsADataChannelSection() throws SdpException {
    MediaDescription data = Descriptions.parsed("chromium-offer-screen").media().getLast();
    assertEquals(MediaKind.APPLICATION, data.kind());
    assertEquals(5000, data.sctpPort());
    assertEquals(262144, data.maxMessageSize());
    assertEquals(List.of(), data.codecs());
  }

  @Test
  void comparesEncodingNamesWithoutCase() throws SdpException {
    Codec codec = section("a=rtpmap:111 OPUS/48000/2\r\n").codecs().getFirst();
    assertTrue(codec.is(Codec.OPUS));
    assertEquals(codec, section("a=rtpmap:111 OPUS/48000/2\r\n").codecs().getFirst());
  }

  @Test
  void knowsAssignedPayloadTypesAndDropsNamelessOnes() throws SdpException {
    assertEquals(List.of(new Codec(0, "PCMU", 8000, 1, Map.of(), List.of())), section("").codecs());
  }

  @Test
  void sessionLevelHoldsForSectionsThatSayNothing() throws SdpException {
    MediaDescription section =
        SessionDescription.parse(
                HEAD
                    + "a=inactive\r\na=setup:passive\r\na=ice-ufrag:abcd\r\n"
                    + "a=ice-pwd:abcdefghijklmnopqrstuv\r\na=fingerprint:SHA-256 ab"
                    + ":cd".repeat(31)
                    + "\r\n"
                    + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:a\r\n")
            .media()
            .getFirst();
    assertEquals(Direction.INACTIVE, section.direction());
    assertEquals(Setup.PASSIVE, section.setup());
    assertNotNull(section.ice());
    assertEquals(new Fingerprint("sha-256", "AB" + ":CD".repeat(31)), section.fingerprint());
    assertEquals(Direction.SENDRECV, section("").direction());
    assertNull(section("").ice());
  }

  @Test
  void passesOverAFingerprintByAWeakHash() throws SdpException {
    assertEquals(
        new Fingerprint("sha-256", "BB" + ":CC".repeat(31)),
        section("a=fingerprint:sha-1 AA\r\na=fingerprint:sha-256 BB" + ":CC".repeat(31) + "\r\n")
            .fingerprint());
  }

  @Test
  void keepsHiddenCandidatesAndSkipsUnknownKinds() throws SdpException {
    List<IceCandidate> candidates =
        section(
                """
                a=candidate:1 1 UDP 5 0f1e.local 4 typ host generation 0
                a=candidate:1 1 ssltcp 5 192.0.2.1 4 typ host
                a=candidate:1 1 TCP 5 192.0.2.1 9 typ srflx raddr 1.1.1.1 rport 9 tcptype so
                a=candidate:1 1 TCP 5 192.0.2.1 9 typ host
                """)
            .candidates();
    assertEquals(2, candidates.size());
    assertEquals("0f1e.local", candidates.get(0).address());
    assertNull(candidates.get(0).socketAddress());
    assertEquals(IceCandidate.TcpType.SO, candidates.get(1).tcpType());
  }

  @Test
  void takesFeedbackForAllPayloadTypes() throws SdpException {
    MediaDescription section =
        section(
            "a=rtcp-fb:* nack\r\na=rtcp-fb:0 nack\r\na=rtcp-fb:0 ccm fir\r\na=rtcp-fb:99 x\r\n");
    assertEquals(List.of("nack", "ccm fir"), section.codecs().getFirst().feedback());
  }

  @Test
  void namesTheLineAndTheReason() {
    refused("hello", 1, "a letter");
    refused("o=- 1 2 IN IP4 x", 1, "v=0");
    refused("v=0\r\ns=-\r\n", 0, "no o= line");
    refused(HEAD + "m=audio 9\r\n", 5, "m= is kind");
    refused(HEAD + "m=text 9 X 0\r\na=mid:1", 5, "audio, video or application");
    refused(HEAD + "m=audio 9 X 300\r\n", 5, "payload type must be a number from 0 to 127");
    refused(HEAD + "m=audio 9 X 0\r\n", 5, "without a=mid");
    refused(AUDIO + "a=rtpmap:111 opus\r\n", 7, "rtpmap");
    refused(AUDIO + "a=setup:both\r\n", 7, "setup");
    refused(AUDIO + "a=ssrc:4294967296 cname:x\r\n", 7, "ssrc must be a number");
    refused(AUDIO + "a=extmap:1/up urn:x\r\n", 7, "extmap direction");
    refused(AUDIO + "a=ice-ufrag:abcd\r\n", 5, "come together");
    refused(AUDIO + "a=ice-ufrag:abcd\r\na=ice-pwd:short\r\n", 5, "wrong length");
    refused(AUDIO + "a=fingerprint:sha-256 XY\r\n", 7, "fingerprint");
    refused(AUDIO + "a=candidate:1 1 udp x 1.1.1.1 9 typ host\r\n", 7, "priority");
    refused(AUDIO + "a=mid:b c\r\n", 7, "mid");
    refused(AUDIO + "m=video 9 X 96\r\na=mid:a\r\n", 7, "another section");
    refused(AUDIO + "a=cname:x\u0000y\r\n", 7, "control character");
    refused(AUDIO + "a=x\ry\r\n", 7, "control character");
  }

  @Test
  void everythingIsBounded() {
    refused("v=0\r\n" + " ".repeat(SessionDescription.MAX_LENGTH), 0, "longer than 262144");
    refused(HEAD + "\n".repeat(SdpParser.MAX_LINES), 0, "more than 20000 lines");
    refused(HEAD + "a=" + "x".repeat(8191), 5, "longer than 8192");
    StringBuilder sections = new StringBuilder(HEAD);
    for (int i = 0; i <= SdpParser.MAX_SECTIONS; i++) {
      sections.append("m=audio 9 X 0\na=mid:").append(i).append('\n');
    }
    refused(sections.toString(), 5 + 2 * SdpParser.MAX_SECTIONS, "more than 256 media sections");
    refusedAfter("a=ssrc:%d cname:x\n", SectionParser.MAX_SOURCES, "sources");
    refusedAfter("a=ssrc-group:FID %d\n", SectionParser.MAX_SOURCES, "source groups");
    refusedAfter("a=rid:r%d send\n", SectionParser.MAX_RIDS, "rids");
    refusedAfter(
        "a=candidate:%d 1 udp 1 1.1.1.1 1 typ host\n", SectionParser.MAX_CANDIDATES, "candidates");
    refusedAfter("a=extmap:1 urn:%d\n", SectionParser.MAX_EXTENSIONS, "header extensions");
    refusedAfter("a=rtcp-fb:0 x%d\n", 32, "rtcp-fb");
    refusedAfter("a=fmtp:0 x%d=1\n", 64, "parameters");
  }

  private static void refusedAfter(String line, int max, String what) {
    StringBuilder text = new StringBuilder(AUDIO);
    for (int i = 0; i <= max; i++) {
      text.append(line.formatted(i));
    }
    refused(text.toString(), 7 + max, "more than " + max + " " + what);
  }

  @Test
  void aValueCannotSmuggleALine() throws SdpException {
    SessionDescription good = SessionDescription.parse(AUDIO);
    MediaDescription.Builder section = new MediaDescription.Builder(MediaKind.AUDIO, "a");
    section.msid = new Msid("s", "t\r\na=ice-lite");
    SessionDescription bad =
        new SessionDescription("1", 1, good.bundle(), false, false, List.of(section.build()));
    assertThrows(IllegalArgumentException.class, bad::write);
  }
}
