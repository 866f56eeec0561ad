package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What was recorded is what a reader of the feedback learns. */
class TransportFeedbackProperties {
  /**
   * @param step packets the sequence moves on by; negative for one that comes late
   * @param ticks quarters of a millisecond since the arrival before
   * @param poll whether feedback is due after it
   */
  record Arrival(int step, int ticks, boolean poll) {}

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    Arbitrary<Integer> step =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.just(1)),
            Tuple.of(4, Arbitraries.integers().between(2, 5)),
            Tuple.of(2, Arbitraries.integers().between(-6, 0)),
            Tuple.of(1, Arbitraries.integers().between(6, 60)));
    Arbitrary<Integer> ticks =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.integers().between(0, 20)),
            Tuple.of(3, Arbitraries.integers().between(200, 400)),
            Tuple.of(1, Arbitraries.integers().between(30_000, 70_000)));
    Arbitrary<Boolean> poll = Arbitraries.frequency(Tuple.of(30, false), Tuple.of(1, true));
    return Combinators.combine(step, ticks, poll).as(Arrival::new).list().ofMaxSize(400);
  }

  @Property(tries = 300)
  void everyArrivalIsReportedWhenItHappened(
      @ForAll("arrivals") List<Arrival> arrivals,
      @ForAll @IntRange(min = 0, max = 65_535) int start,
      @ForAll @IntRange(min = 64, max = 1200) int limit) {
    TransportFeedback feedback = new TransportFeedback(9, 1024);
    Map<Long, Long> sent = new TreeMap<>();
    Map<Long, Long> told = new TreeMap<>();
    long sequence = start;
    long highest = start - 1L;
    long now = 5_000;
    for (Arrival arrival : arrivals) {
      now += arrival.ticks();
      sequence = Math.max(start, highest + arrival.step());
      highest = Math.max(highest, sequence);
      sent.putIfAbsent(sequence, now);
      feedback.received((int) sequence & 0xffff, now * TransportFeedback.TICK_NANOS + 7);
      if (arrival.poll()) {
        tell(feedback, limit, highest, told);
      }
    }
    tell(feedback, limit, highest, told);
    assertEquals(sent, told);
    assertEquals(0, feedback.dropped());
  }

  private static void tell(
      TransportFeedback feedback, int limit, long highest, Map<Long, Long> told) {
    PacketBuffer packet = PacketBuffer.allocate();
    RtcpWriter writer = new RtcpWriter(packet, limit);
    RtcpView rtcp = new RtcpView();
    TransportFeedbackView view = new TransportFeedbackView();
    while (feedback.pending()) {
      writer.begin(packet);
      assertTrue(feedback.poll(writer, 8));
      assertTrue(packet.length() <= limit);
      assertTrue(rtcp.wrap(packet));
      assertTrue(rtcp.next());
      assertTrue(rtcp.isTransportFeedback());
      assertEquals(9, rtcp.senderSsrc());
      assertEquals(8, rtcp.mediaSsrc());
      assertTrue(view.wrap(rtcp));
      while (view.next()) {
        long sequence = SequenceNumbers.unwrap(view.sequence(), highest);
        if (view.received()) {
          Long before = told.put(sequence, view.arrivalNanos() / TransportFeedback.TICK_NANOS);
          assertTrue(before == null || before.equals(told.get(sequence)));
        }
      }
    }
  }
}
