package io.vaxel.benchmarks;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.HeaderExtensionMap;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.StreamRewriter;
import io.vaxel.media.srtp.SrtpEngine;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.srtp.SrtpKeys;
import io.vaxel.media.srtp.SrtpProfile;
import io.vaxel.media.srtp.SrtpReceiver;
import io.vaxel.media.srtp.SrtpResult;
import io.vaxel.media.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The server's work for one packet and one subscriber: unprotect, renumber, copy, rewrite, protect.
 * Replay protection wants a new packet each time, so every operation begins with the publisher's
 * own protection; {@link #publisher} is that alone, to be subtracted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseParallelGC"})
public class ForwardingBenchmark {
  private static final int SUBSCRIBER_SSRC = 0x2222;
  private static final int PUBLISHER_SSRC = 0x1111;

  /** Both engines. */
  @Param({"libcrypto", "jitsi"})
  public String engine = "libcrypto";

  /** Bytes of the RTP packet. */
  @Param({"160", "1200"})
  public int size = 1200;

  private final PacketBuffer packet = PacketBuffer.allocate();
  private final PacketBuffer slot = PacketBuffer.allocate();
  private final PacketBuffer template = PacketBuffer.allocate();
  private final RtpView view = new RtpView();
  private final HeaderExtensionMap extensions = new HeaderExtensionMap().map(1, 1);
  private final StreamRewriter rewriter = new StreamRewriter(90_000, 100, 2048);
  private SrtpSender publisherSide = SrtpEngines.best().sender(keys(1));
  private SrtpReceiver serverIn = SrtpEngines.best().receiver(keys(1));
  private SrtpSender serverOut = SrtpEngines.best().sender(keys(2));
  private int sequence;
  private long nanos;

  private static SrtpKeys keys(int seed) {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    byte[] key = new byte[profile.keyLength()];
    byte[] salt = new byte[profile.saltLength()];
    key[0] = (byte) seed;
    return new SrtpKeys(profile, key, salt);
  }

  /** Makes the contexts and a packet with the header extensions of a browser. */
  @Setup
  public void setUp() {
    tearDown();
    SrtpEngine chosen = SrtpEngines.named(engine);
    publisherSide = chosen.sender(keys(1));
    serverIn = chosen.receiver(keys(1));
    serverOut = chosen.sender(keys(2));
    ByteBuffer bytes = template.bytes();
    bytes.put(0, (byte) 0x90);
    bytes.put(1, (byte) 96);
    bytes.putInt(8, PUBLISHER_SSRC);
    bytes.putShort(12, (short) 0xBEDE);
    bytes.putShort(14, (short) 2);
    bytes.putLong(16, 0x31_00_01_10_85_00_00_00L);
    template.length(size);
    rewriter.switchTo(PUBLISHER_SSRC);
  }

  /** Frees the contexts. */
  @TearDown
  public void tearDown() {
    publisherSide.close();
    serverIn.close();
    serverOut.close();
  }

  private void publish() {
    packet.copyFrom(template);
    sequence = (sequence + 1) & 0xFFFF;
    nanos += 1_000_000;
    packet.bytes().putShort(2, (short) sequence);
    packet.bytes().putInt(4, (int) (nanos / 11_111));
    publisherSide.protect(packet);
  }

  /** What the measurement of {@link #forward} includes and the server does not do. */
  @Benchmark
  public PacketBuffer publisher() {
    publish();
    return packet;
  }

  /** One packet to one subscriber. */
  @Benchmark
  public PacketBuffer forward() {
    publish();
    if (serverIn.unprotect(packet) != SrtpResult.OK || !view.wrap(packet)) {
      throw new IllegalStateException("not authentic");
    }
    extensions.apply(view);
    rewriter.map(view.ssrc(), view.sequenceNumber(), view.timestamp(), nanos);
    slot.copyFrom(packet);
    ByteBuffer bytes = slot.bytes();
    bytes.putShort(2, (short) rewriter.sequenceNumber());
    bytes.putInt(4, rewriter.timestamp());
    bytes.putInt(8, SUBSCRIBER_SSRC);
    serverOut.protect(slot);
    return slot;
  }
}
