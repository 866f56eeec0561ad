package io.vaxel.benchmarks;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.srtp.SrtpEngine;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.srtp.SrtpKeys;
import io.vaxel.media.srtp.SrtpProfile;
import io.vaxel.media.srtp.SrtpReceiver;
import io.vaxel.media.srtp.SrtpResult;
import io.vaxel.media.srtp.SrtpSender;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What SRTP costs a packet: wall time on one thread, and garbage with {@code -prof gc}. One
 * invocation handles {@link #BATCH} packets with sequence numbers that follow each other; each is
 * first copied from a template, as forwarding does, and that copy (some 40 ns at 1,200 bytes) is in
 * the figures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseParallelGC"})
public class SrtpBenchmark {
  private static final int BATCH = 512;

  /** The engine's name. */
  @Param({"libcrypto", "jitsi"})
  public String engine = "";

  /** The protection profile. */
  @Param public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  /** Bytes of the unprotected packet, header of 12 included. */
  @Param({"160", "1200"})
  public int size;

  private final PacketBuffer template = PacketBuffer.allocate();
  private final PacketBuffer work = PacketBuffer.allocate();
  private SrtpKeys keys = keys(SrtpProfile.AEAD_AES_128_GCM);
  private SrtpSender sender = SrtpEngines.best().sender(keys);
  private SrtpReceiver receiver = SrtpEngines.best().receiver(keys);
  private int sequenceNumber;

  private static SrtpKeys keys(SrtpProfile profile) {
    return new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
  }

  /** Makes senders and receivers with fresh state. */
  @Setup(Level.Trial)
  public void open() {
    close();
    SrtpEngine chosen = SrtpEngines.named(engine);
    keys = keys(profile);
    sender = chosen.sender(keys);
    receiver = chosen.receiver(keys);
    byte[] packet = new byte[size];
    Arrays.fill(packet, (byte) 0x5A);
    packet[0] = (byte) 0x80;
    template.copyFrom(packet, 0, size);
  }

  /** Frees native state. */
  @TearDown(Level.Trial)
  public void close() {
    sender.close();
    receiver.close();
  }

  /** Copies and protects a packet. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void protect() {
    for (int i = 0; i < BATCH; i++) {
      next(work);
      sender.protect(work);
    }
  }

  /** Copies, protects and unprotects a packet; what unprotecting costs is the difference. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void roundTrip() {
    for (int i = 0; i < BATCH; i++) {
      next(work);
      sender.protect(work);
      require(receiver.unprotect(work));
    }
  }

  /** A receiver, and protected packets for it that are made outside the measured time. */
  @State(Scope.Thread)
  public static class Arrivals {
    private final PacketBuffer[] packets = new PacketBuffer[BATCH];
    private SrtpBenchmark source = new SrtpBenchmark();

    /** Remembers where packets come from. */
    @Setup(Level.Trial)
    public void open(SrtpBenchmark benchmark) {
      source = benchmark;
      Arrays.setAll(packets, i -> PacketBuffer.allocate());
    }

    /** Protects the next packets. */
    @Setup(Level.Invocation)
    public void fill() {
      for (PacketBuffer packet : packets) {
        source.next(packet);
        source.sender.protect(packet);
      }
    }
  }

  /** Unprotects packets that lie ready. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void unprotect(Arrivals arrivals) {
    for (PacketBuffer packet : arrivals.packets) {
      require(arrivals.source.receiver.unprotect(packet));
    }
  }

  private void next(PacketBuffer packet) {
    packet.copyFrom(template);
    packet.bytes().putShort(2, (short) sequenceNumber++);
  }

  private static void require(SrtpResult result) {
    if (result != SrtpResult.OK) {
      throw new IllegalStateException(result.toString());
    }
  }
}
