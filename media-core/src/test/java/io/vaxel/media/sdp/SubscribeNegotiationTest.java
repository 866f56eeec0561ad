package io.vaxel.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.sdp.TrackOffer.Source;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SubscribeNegotiationTest {
  /** The offer that the recorded answers of both browsers answer. */
  private static final List<TrackOffer> TRACKS =
      List.of(
          new TrackOffer(
              "a0",
              MediaKind.AUDIO,
              ServerCodecs.all(MediaKind.AUDIO),
              new Source(1111, -1, "c1", new Msid("s1", "t1"))),
          new TrackOffer(
              "v0",
              MediaKind.VIDEO,
              ServerCodecs.all(MediaKind.VIDEO),
              new Source(2222, 3333, "c1", new Msid("s1", "t2"))),
          new TrackOffer(
              "v1",
              MediaKind.VIDEO,
              ServerCodecs.named(MediaKind.VIDEO, Codec.VP8),
              new Source(4444, 5555, "c2", new Msid("s2", "t3"))),
          TrackOffer.free("a1", MediaKind.AUDIO));

  private final SessionDescription offer =
      SubscribeNegotiation.offer("12345", 2, TRACKS, Descriptions.SERVER);

  private Negotiated read(String name, UnaryOperator<String> change) throws SdpException {
    return SubscribeNegotiation.readAnswer(
        offer, SessionDescription.parse(change.apply(Descriptions.text(name))));
  }

  @Test
  void offersOneSectionForEachTrackAndSlot() throws SdpException {
    assertEquals(offer, SessionDescription.parse(offer.write()));
    assertTrue(offer.iceLite());
    assertEquals(List.of("a0", "v0", "v1", "a1"), offer.bundle());
    MediaDescription video = offer.media().get(1);
    assertEquals(Direction.SENDONLY, video.direction());
    assertEquals(Setup.ACTPASS, video.setup());
    assertEquals(2222, video.mediaSsrc());
    assertEquals(3333, video.rtxSsrc());
    assertEquals(new Msid("s1", "t2"), video.msid());
    assertEquals(Direction.INACTIVE, offer.media().get(3).direction());
    assertTrue(
        video.codecs().stream().noneMatch(codec -> codec.feedback().contains("transport-cc")));
    assertTrue(
        video.extensions().stream()
            .noneMatch(extension -> extension.uri().equals(HeaderExtension.TRANSPORT_WIDE_CC)));
  }

  @Test
  void payloadTypesAndExtensionIdsAreUnique() {
    for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
      List<Integer> types = ServerCodecs.all(kind).stream().map(Codec::payloadType).toList();
      assertEquals(types.size(), types.stream().distinct().count());
      for (Codec codec : ServerCodecs.all(kind)) {
        if (!codec.is(Codec.RTX)) {
          assertEquals(codec, ServerCodecs.canonical(codec));
        }
      }
    }
  }

  @Test
  void readsWhatChromiumAccepts() throws SdpException {
    Negotiated negotiated = read("chromium-answer", text -> text);
    NegotiatedMedia video = negotiated.media().get(1);
    assertEquals(Direction.SENDONLY, video.direction());
    assertEquals(97, video.rtxPayloadType(96));
    assertNotNull(video.codec(102));
    assertEquals(2222, video.mediaSsrc());
    assertEquals(13, video.extensionId(HeaderExtension.VIDEO_ORIENTATION));
    assertEquals(Direction.INACTIVE, negotiated.media().get(3).direction());
    RemoteTransport remote = negotiated.remote();
    assertNotNull(remote);
    assertEquals(Setup.ACTIVE, remote.setup());
  }

  @Test
  void readsWhatFirefoxAccepts() throws SdpException {
    NegotiatedMedia video = read("firefox-answer", text -> text).media().get(1);
    assertEquals(
        List.of(96, 97, 98, 99, 45, 46), video.codecs().stream().map(Codec::payloadType).toList());
    assertEquals(List.of("ccm fir", "nack", "nack pli"), video.codecs().getFirst().feedback());
    assertEquals(0, video.extensionId(HeaderExtension.VIDEO_ORIENTATION));
    assertEquals(4, video.extensionId(HeaderExtension.MID));
  }

  @Test
  void aClientMayDeclineASection() throws SdpException {
    Negotiated stopped = read("firefox-answer", text -> text.replaceAll("(m=video) \\d+", "$1 0"));
    assertTrue(stopped.media().get(1).rejected());
    assertEquals(Direction.INACTIVE, stopped.media().get(1).direction());
    assertEquals(Direction.SENDONLY, stopped.media().get(0).direction());
    Negotiated paused = read("firefox-answer", text -> text.replace("a=recvonly", "a=inactive"));
    assertEquals(Direction.INACTIVE, paused.media().get(1).direction());
  }

  @Test
  void anAnswerMustFitItsOffer() {
    for (String browser : List.of("chromium-answer", "firefox-answer")) {
      refused(browser, text -> text.substring(0, text.lastIndexOf("m=")));
      refused(browser, text -> text.replace("a=mid:v1", "a=mid:v9"));
      refused(browser, text -> text.replaceAll("a=rtcp-mux\r\n", ""));
      refused(browser, text -> text.replaceAll("setup:\\w+", "setup:actpass"));
      refused(browser, text -> text.replaceAll("a=setup:\\w+\r\n", ""));
      refused(browser, text -> text.replaceAll("a=fingerprint.*\r\n", ""));
      refused(browser, text -> text.replace("a=recvonly", "a=sendrecv"));
      refused(browser, text -> text.replaceAll("a=rtpmap:111 opus", "a=rtpmap:111 xpus"));
    }
  }

  private void refused(String browser, UnaryOperator<String> change) {
    assertThrows(SdpException.class, () -> read(browser, change));
  }

  @Test
  void ourOwnClientAnswersToReceiveEverything() throws SdpException {
    Negotiated client = ClientNegotiation.subscribeAnswer(offer, Descriptions.CLIENT);
    assertEquals(Setup.ACTIVE, client.description().media().getFirst().setup());
    assertEquals(Descriptions.SERVER.ice(), remoteOf(client).ice());
    assertTrue(remoteOf(client).iceLite());
    assertEquals(2, remoteOf(client).candidates().size());
    NegotiatedMedia incoming = client.media().get(1);
    assertEquals(Direction.RECVONLY, incoming.direction());
    assertEquals(2222, incoming.mediaSsrc());
    Negotiated server =
        SubscribeNegotiation.readAnswer(
            offer, SessionDescription.parse(client.description().write()));
    assertEquals(Direction.SENDONLY, server.media().get(1).direction());
    assertEquals(offer.media().get(1).codecs(), server.media().get(1).codecs());
    assertEquals(offer.media().get(1).extensions(), server.media().get(1).extensions());
    assertEquals(Setup.ACTIVE, remoteOf(server).setup());
  }

  @Test
  void ourOwnClientPublishesWithTransportWideFeedback() throws SdpException {
    SessionDescription published =
        ClientNegotiation.publishOffer("7", 1, TRACKS.subList(0, 2), Descriptions.CLIENT);
    Negotiated server =
        PublishNegotiation.answer(SessionDescription.parse(published.write()), Descriptions.SERVER);
    Negotiated client =
        ClientNegotiation.readPublishAnswer(
            published, SessionDescription.parse(server.description().write()));
    assertEquals(Setup.PASSIVE, remoteOf(client).setup());
    for (int i = 0; i < 2; i++) {
      assertEquals(Direction.RECVONLY, server.media().get(i).direction());
      assertEquals(Direction.SENDONLY, client.media().get(i).direction());
      assertEquals(3, client.media().get(i).extensionId(HeaderExtension.TRANSPORT_WIDE_CC));
      assertTrue(client.media().get(i).codecs().getFirst().feedback().contains("transport-cc"));
    }
    assertEquals(2222, server.media().get(1).mediaSsrc());
    assertEquals(3333, server.media().get(1).rtxSsrc());
  }

  private static RemoteTransport remoteOf(Negotiated negotiated) {
    RemoteTransport remote = negotiated.remote();
    if (remote == null) {
      throw new AssertionError("no transport");
    }
    return remote;
  }
}
