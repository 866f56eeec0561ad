package io.vaxel.media.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's own numbers: one payload type for each codec and profile that it carries, one id for
 * each header extension. What a publisher numbers in its way leaves towards every subscriber with
 * these, so that all subscriptions rewrite alike.
 */
public final class ServerCodecs {
  private static final List<String> VIDEO_FEEDBACK = List.of("ccm fir", "nack", "nack pli");
  private static final String TRANSPORT_CC = "transport-cc";

  private static final Codec OPUS =
      new Codec(111, Codec.OPUS, 48000, 2, parameters("minptime=10", "useinbandfec=1"), List.of());

  private static final List<Codec> VIDEO =
      List.of(
          video(96, Codec.VP8),
          video(98, Codec.VP9, "profile-id=0"),
          video(100, Codec.VP9, "profile-id=2"),
          h264(102, "42e01f", 1),
          h264(104, "42e01f", 0),
          h264(106, "42001f", 1),
          h264(108, "42001f", 0),
          h264(112, "4d001f", 1),
          h264(114, "4d001f", 0),
          h264(116, "640c1f", 1),
          h264(118, "64001f", 1),
          video(45, Codec.AV1, "level-idx=5", "profile=0", "tier=0"));

  private static final List<HeaderExtension> AUDIO_EXTENSIONS =
      List.of(
          extension(1, HeaderExtension.AUDIO_LEVEL),
          extension(2, HeaderExtension.ABS_CAPTURE_TIME),
          extension(4, HeaderExtension.MID));

  private static final List<HeaderExtension> VIDEO_EXTENSIONS =
      List.of(
          extension(2, HeaderExtension.ABS_CAPTURE_TIME),
          extension(4, HeaderExtension.MID),
          extension(5, HeaderExtension.PLAYOUT_DELAY),
          extension(6, HeaderExtension.VIDEO_CONTENT_TYPE),
          extension(13, HeaderExtension.VIDEO_ORIENTATION));

  /** What a publisher adds, so that the server can estimate its uplink. */
  static final HeaderExtension TRANSPORT_WIDE_CC = extension(3, HeaderExtension.TRANSPORT_WIDE_CC);

  private ServerCodecs() {}

  private static Codec video(int payloadType, String name, String... parameters) {
    return new Codec(payloadType, name, 90000, 1, parameters(parameters), VIDEO_FEEDBACK);
  }

  private static Map<String, String> parameters(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>(); // the order is that of the fmtp line
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      map.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return map;
  }

  private static Codec h264(int payloadType, String profileLevel, int mode) {
    return video(
        payloadType,
        Codec.H264,
        "level-asymmetry-allowed=1",
        "packetization-mode=" + mode,
        "profile-level-id=" + profileLevel);
  }

  private static HeaderExtension extension(int id, String uri) {
    return new HeaderExtension(id, uri, null);
  }

  /** The retransmission format of a video codec of this table: the payload type after its own. */
  public static Codec rtx(Codec codec) {
    return new Codec(
        codec.payloadType() + 1,
        Codec.RTX,
        codec.clockRate(),
        1,
        Map.of("apt", Integer.toString(codec.payloadType())),
        List.of());
  }

  /** Every codec of a kind, each video codec followed by its rtx. */
  public static List<Codec> all(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> List.of(OPUS);
      case VIDEO -> withRtx(VIDEO);
      case APPLICATION -> List.of();
    };
  }

  /** The codecs of these names, as {@link Codec#VP8}, each video codec followed by its rtx. */
  public static List<Codec> named(MediaKind kind, String... names) {
    List<Codec> found = new ArrayList<>();
    for (String name : names) {
      (kind == MediaKind.AUDIO ? List.of(OPUS) : VIDEO)
          .stream().filter(codec -> codec.is(name)).forEach(found::add);
    }
    return kind == MediaKind.AUDIO ? found : withRtx(found);
  }

  private static List<Codec> withRtx(List<Codec> codecs) {
    List<Codec> both = new ArrayList<>();
    for (Codec codec : codecs) {
      both.add(codec);
      both.add(rtx(codec));
    }
    return List.copyOf(both);
  }

  /**
   * The codec of this table that a peer's codec is: the same encoding and profile, so that packets
   * of one may be sent as the other. Null when the server does not carry it.
   */
  public static @Nullable Codec canonical(Codec codec) {
    if (codec.is(Codec.OPUS)) {
      return codec.clockRate() == 48000 && codec.channels() == 2 ? OPUS : null;
    }
    for (Codec candidate : VIDEO) {
      if (candidate.is(codec.name())
          && codec.clockRate() == 90000
          && profile(candidate).equals(profile(codec))) {
        return candidate;
      }
    }
    return null;
  }

  /** What must agree between two formats of one encoding, with the defaults of their RFCs. */
  private static String profile(Codec codec) {
    return switch (codec.name().toUpperCase(Locale.ROOT)) {
      case "VP9" -> codec.parameter("profile-id", "0"); // RFC 9628 section 6
      case "AV1" -> codec.parameter("profile", "0");
      case "H264" -> {
        // Profile and constraints; the level may differ (RFC 6184 section 8.2.2).
        String id = codec.parameter("profile-level-id", "420010");
        yield codec.parameter("packetization-mode", "0")
            + "/"
            + (id.length() == 6 ? id.substring(0, 4).toLowerCase(Locale.ROOT) : id);
      }
      default -> "";
    };
  }

  /** The header extensions that the server sends to subscribers for a kind. */
  public static List<HeaderExtension> extensions(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> AUDIO_EXTENSIONS;
      case VIDEO -> VIDEO_EXTENSIONS;
      case APPLICATION -> List.of();
    };
  }

  /** True for a header extension that is accepted from publishers. */
  static boolean accepts(MediaKind kind, String uri) {
    return uri.equals(HeaderExtension.TRANSPORT_WIDE_CC)
        || extensions(kind).stream().anyMatch(extension -> extension.uri().equals(uri));
  }

  /** True for feedback that we send or understand; {@code goog-remb} is left out (transport-cc). */
  static boolean acceptsFeedback(String feedback) {
    return feedback.equals(TRANSPORT_CC) || VIDEO_FEEDBACK.contains(feedback);
  }

  /** A codec of this table as a publisher offers it: with transport-wide feedback. */
  static Codec asPublished(Codec codec) {
    if (codec.is(Codec.RTX)) {
      return codec;
    }
    List<String> feedback = new ArrayList<>(codec.feedback());
    feedback.add(TRANSPORT_CC);
    return codec.withFeedback(feedback);
  }
}
