package io.vaxel.media.sfu;

import io.netty.util.collection.IntObjectMap;
import io.vaxel.media.rtp.AudioLevels;
import io.vaxel.media.rtp.HeaderExtensionMap;
import io.vaxel.media.rtp.KeyFrames;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.VideoCodec;
import io.vaxel.media.sdp.Codec;
import io.vaxel.media.sdp.HeaderExtension;
import io.vaxel.media.sdp.NegotiatedMedia;
import io.vaxel.media.sdp.ServerCodecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One media section of a publisher: the payload types and header extensions that its packets use,
 * and how they become the server's own, which all subscribers know.
 */
final class PublishedMedia {
  private final String mid;
  private final byte[] midBytes;
  private final PublishedTrack track;
  private final int speakerSlot;

  private final byte[] serverTypes = new byte[128];
  private final byte[] repairedTypes = new byte[128];
  private final @Nullable VideoCodec[] videoCodecs = new VideoCodec[128];
  private HeaderExtensionMap extensions = new HeaderExtensionMap();
  private int midExtension;
  private int transportExtension;
  private int levelExtension;

  PublishedMedia(String mid, PublishedTrack track, int speakerSlot) {
    this.mid = mid;
    this.midBytes = mid.getBytes(StandardCharsets.US_ASCII);
    this.track = track;
    this.speakerSlot = speakerSlot;
  }

  /** Takes on what an offer and its answer agreed on. */
  void configure(NegotiatedMedia section) {
    Arrays.fill(serverTypes, (byte) -1);
    Arrays.fill(repairedTypes, (byte) -1);
    Arrays.fill(videoCodecs, null);
    List<Codec> serverCodecs = new ArrayList<>();
    for (Codec codec : section.codecs()) {
      int apt = codec.associatedPayloadType();
      if (apt >= 0 && apt < 128) {
        repairedTypes[codec.payloadType()] = (byte) apt;
        continue;
      }
      Codec ours = ServerCodecs.canonical(codec);
      if (ours != null) {
        serverTypes[codec.payloadType()] = (byte) ours.payloadType();
        videoCodecs[codec.payloadType()] = videoCodec(codec);
        serverCodecs.add(ours);
      }
    }
    track.codecs(serverCodecs);
    configureExtensions(section);
  }

  private void configureExtensions(NegotiatedMedia section) {
    midExtension = section.extensionId(HeaderExtension.MID);
    transportExtension = section.extensionId(HeaderExtension.TRANSPORT_WIDE_CC);
    levelExtension = section.extensionId(HeaderExtension.AUDIO_LEVEL);
    extensions = new HeaderExtensionMap();
    for (HeaderExtension ours : ServerCodecs.extensions(section.kind())) {
      int theirs = section.extensionId(ours.uri());
      // The mid is the publisher's own; subscribers know a stream by its SSRC.
      if (theirs > 0 && !ours.uri().equals(HeaderExtension.MID)) {
        extensions.map(theirs, ours.id());
      }
    }
  }

  private static @Nullable VideoCodec videoCodec(Codec codec) {
    if (codec.is(Codec.VP8)) {
      return VideoCodec.VP8;
    } else if (codec.is(Codec.VP9)) {
      return VideoCodec.VP9;
    } else if (codec.is(Codec.H264)) {
      return VideoCodec.H264;
    } else if (codec.is(Codec.AV1)) {
      return VideoCodec.AV1;
    }
    return null;
  }

  String mid() {
    return mid;
  }

  PublishedTrack track() {
    return track;
  }

  /** Where the speaker monitor keeps this track, or -1. */
  int speakerSlot() {
    return speakerSlot;
  }

  /** Whether the publisher may send {@code payloadType} here. */
  boolean accepts(int payloadType) {
    return serverTypes[payloadType] >= 0;
  }

  /** The payload type that RTX type {@code payloadType} repairs, or -1 when it is no RTX. */
  int repairedType(int payloadType) {
    return repairedTypes[payloadType];
  }

  /** Whether {@code packet} says that it belongs to this section. */
  boolean carriesMid(RtpView packet) {
    if (midExtension == 0) {
      return false;
    }
    int offset = packet.extensionOffset(midExtension);
    if (offset < 0 || packet.extensionLengthAt(offset) != midBytes.length) {
      return false;
    }
    for (int i = 0; i < midBytes.length; i++) {
      if (packet.bytes().get(offset + i) != midBytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** A stream of this section, or null while none is known. */
  @Nullable ReceiveStream anyStream(IntObjectMap<ReceiveStream> streams) {
    for (ReceiveStream stream : streams.values()) {
      if (stream.media().equals(this)) {
        return stream;
      }
    }
    return null;
  }

  /** The transport-wide sequence number of {@code packet}, or -1. */
  int transportSequence(RtpView packet) {
    if (transportExtension == 0) {
      return -1;
    }
    int offset = packet.extensionOffset(transportExtension);
    return offset < 0 || packet.extensionLengthAt(offset) < 2
        ? -1
        : packet.bytes().getShort(offset) & 0xFFFF;
  }

  /** The audio level element of {@code packet}, or -1. */
  int audioLevel(RtpView packet) {
    return levelExtension == 0 ? -1 : AudioLevels.read(packet, levelExtension);
  }

  /** Whether a decoder can begin with {@code packet}; false for audio, which needs no beginning. */
  boolean startsKeyFrame(RtpView packet) {
    VideoCodec codec = videoCodecs[packet.payloadType()];
    return codec != null && KeyFrames.startsKeyFrame(codec, packet);
  }

  /** Gives {@code packet} the server's payload type and header extension ids, in place. */
  void toServerNumbers(RtpView packet) {
    packet.payloadType(serverTypes[packet.payloadType()]);
    extensions.apply(packet);
  }
}
