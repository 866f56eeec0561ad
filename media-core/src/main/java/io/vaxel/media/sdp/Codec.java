package io.vaxel.media.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A payload type and what it means in one section: rtpmap, fmtp and rtcp-fb lines together (RFC
 * 8866 section 6.6, RFC 4585).
 *
 * @param payloadType 0 to 127
 * @param name the encoding as written; compare with {@link #is}, for case does not count
 * @param clockRate in Hz
 * @param channels 1 unless audio says more
 * @param parameters of fmtp, in order; one without {@code =} has an empty value
 * @param feedback such as {@code nack pli}, in order
 */
public record Codec(
    int payloadType,
    String name,
    int clockRate,
    int channels,
    Map<String, String> parameters,
    List<String> feedback) {
  public static final String OPUS = "opus";
  public static final String VP8 = "VP8";
  public static final String VP9 = "VP9";
  public static final String H264 = "H264";
  public static final String AV1 = "AV1";
  public static final String RTX = "rtx";

  public Codec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    feedback = List.copyOf(feedback);
  }

  /** True when this encoding has that name, whatever the case (RFC 4855 section 3). */
  public boolean is(String encoding) {
    return name.equalsIgnoreCase(encoding);
  }

  /** A parameter of fmtp, or {@code fallback} when it is not given. */
  public String parameter(String key, String fallback) {
    return parameters.getOrDefault(key, fallback);
  }

  /** The payload type that this rtx retransmits (RFC 4588 section 8.1); -1 when it is none. */
  public int associatedPayloadType() {
    if (!is(RTX)) {
      return -1;
    }
    try {
      return Integer.parseInt(parameter("apt", "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The same with other parameters. */
  public Codec withParameters(Map<String, String> changed) {
    return new Codec(payloadType, name, clockRate, channels, changed, feedback);
  }

  /** The same with other feedback. */
  public Codec withFeedback(List<String> changed) {
    return new Codec(payloadType, name, clockRate, channels, parameters, changed);
  }
}
