package io.vaxel.benchmarks;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.AudioLevels;
import io.vaxel.media.rtp.HeaderExtensionMap;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.StreamRewriter;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the packet path does with a header: parse, look up two extensions, remap their ids, rewrite
 * the numbers. Run with {@code -prof gc}; the aim is no allocation at all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RtpParseBenchmark {
  private static final int SSRC = 0x0badcafe;

  private final PacketBuffer incoming = PacketBuffer.allocate();
  private final PacketBuffer outgoing = PacketBuffer.allocate();
  private final RtpView view = new RtpView();
  private final RtpView copy = new RtpView();
  private final HeaderExtensionMap extensions =
      new HeaderExtensionMap().map(1, 4).map(2, 3).map(4, 10);
  private final StreamRewriter rewriter = new StreamRewriter(90_000, 1, 1024);
  private int sequence;

  /** A packet as Chromium sends it: absolute send time, transport sequence, MID, audio level. */
  public RtpParseBenchmark() {
    String header = "90e0000100000000" + "0badcafe" + "bede0004";
    String elements = "10aa" + "22010203" + "311234" + "4030" + "0000000000";
    byte[] bytes = HexFormat.of().parseHex(header + elements);
    incoming.copyFrom(bytes, 0, bytes.length);
    incoming.length(1200);
    rewriter.switchTo(SSRC);
  }

  /** Parse and look up. */
  @Benchmark
  public int parse() {
    if (!view.wrap(incoming)) {
      throw new IllegalStateException("the packet is valid");
    }
    return view.extensionOffset(3) + AudioLevels.read(view, 1) + view.payloadLength();
  }

  /** Parse, look up, copy the header, remap and rewrite: all that forwarding does to a header. */
  @Benchmark
  public int parseRemapAndRewrite() {
    sequence = (sequence + 1) & 0xffff;
    incoming.bytes().putShort(2, (short) sequence);
    if (!view.wrap(incoming)) {
      throw new IllegalStateException("the packet is valid");
    }
    int transportSequence = view.extensionOffset(3);
    outgoing.bytes().put(0, incoming.bytes(), 0, view.headerLength());
    outgoing.length(incoming.length());
    copy.wrap(outgoing);
    extensions.apply(copy);
    if (!rewriter.map(SSRC, view.sequenceNumber(), view.timestamp(), sequence)) {
      throw new IllegalStateException("the packet has a place");
    }
    copy.sequenceNumber(rewriter.sequenceNumber());
    copy.timestamp(rewriter.timestamp());
    return transportSequence + copy.sequenceNumber();
  }
}
