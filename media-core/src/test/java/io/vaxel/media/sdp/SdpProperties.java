package io.vaxel.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCredentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SdpProperties {
  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("descriptions") SessionDescription description)
      throws SdpException {
    assertEquals(description, SessionDescription.parse(description.write()));
  }

  @Property(tries = 300)
  void damagedTextIsReadOrRefused(
      @ForAll("descriptions") SessionDescription description, @ForAll Random random) {
    StringBuilder text = new StringBuilder(description.write());
    for (int i = 0; i < 5; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        default -> text.insert(at, ' ');
      }
    }
    try {
      SessionDescription read = SessionDescription.parse(text.toString());
      assertEquals(read, SessionDescription.parse(read.write()));
    } catch (SdpException refused) {
      return;
    }
  }

  @Provide
  Arbitrary<SessionDescription> descriptions() {
    return Arbitraries.randomValue(SdpProperties::description);
  }

  private static SessionDescription description(Random random) {
    List<MediaDescription> media = new ArrayList<>();
    List<String> bundle = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      media.add(section("m" + i, random));
      bundle.add("m" + i);
    }
    return new SessionDescription(
        Long.toString(random.nextLong(Long.MAX_VALUE)),
        random.nextLong(Long.MAX_VALUE),
        random.nextBoolean() ? bundle : List.of(),
        random.nextBoolean(),
        random.nextBoolean(),
        media);
  }

  private static MediaDescription section(String mid, Random random) {
    MediaKind kind = pick(MediaKind.values(), random);
    MediaDescription.Builder section = new MediaDescription.Builder(kind, mid);
    section.port = random.nextInt(65536);
    section.bundleOnly = random.nextBoolean();
    section.direction = pick(Direction.values(), random);
    section.rtcpMux = random.nextBoolean();
    section.rtcpReducedSize = random.nextBoolean();
    section.endOfCandidates = random.nextBoolean();
    section.setup = random.nextBoolean() ? pick(Setup.values(), random) : null;
    section.ice = random.nextBoolean() ? IceCredentials.random(random) : null;
    section.fingerprint = random.nextBoolean() ? Descriptions.FINGERPRINT : null;
    section.msid = random.nextBoolean() ? new Msid(word(random), word(random)) : null;
    section.sctpPort = random.nextInt(-1, 65536);
    section.maxMessageSize = random.nextLong(-1, Long.MAX_VALUE);
    if (random.nextBoolean()) {
      section.simulcast =
          new Simulcast(List.of("a", "~b,c"), random.nextBoolean() ? List.of("d") : List.of());
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      section.extensions.add(
          new HeaderExtension(
              1 + random.nextInt(255),
              "urn:" + word(random),
              random.nextBoolean() ? pick(Direction.values(), random) : null));
      section.ssrcs.add(
          new Ssrc(
              1000L + i,
              random.nextBoolean() ? word(random) : null,
              random.nextBoolean() ? new Msid(word(random), word(random)) : null));
      section.ssrcGroups.add(new SsrcGroup("FID", List.of(random.nextLong(1L << 32), 7L)));
      section.rids.add(
          new Rid(word(random), random.nextBoolean(), random.nextBoolean() ? "pt=1" : ""));
      section.candidates.add(candidate(random));
      if (kind != MediaKind.APPLICATION) {
        section.codecs.add(codec(20 + i, random));
      }
    }
    return section.build();
  }

  private static Codec codec(int payloadType, Random random) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> feedback = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      parameters.put("p" + i, random.nextBoolean() ? word(random) : "");
      feedback.add("f" + i + " " + word(random));
    }
    return new Codec(
        payloadType,
        word(random),
        1 + random.nextInt(100_000),
        1 + random.nextInt(8),
        parameters,
        feedback);
  }

  private static IceCandidate candidate(Random random) {
    boolean tcp = random.nextBoolean();
    return new IceCandidate(
        word(random),
        1 + random.nextInt(2),
        tcp ? IceCandidate.Transport.TCP : IceCandidate.Transport.UDP,
        random.nextLong(1L << 31),
        word(random) + ".local",
        random.nextInt(65536),
        pick(IceCandidate.Type.values(), random),
        tcp ? pick(IceCandidate.TcpType.values(), random) : null);
  }

  private static <T> T pick(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  private static String word(Random random) {
    return Long.toString(random.nextLong(1L << 40), 36);
  }
}
