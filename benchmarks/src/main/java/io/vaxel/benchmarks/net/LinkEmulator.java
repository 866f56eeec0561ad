package io.vaxel.benchmarks.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Namespaces around one switch: each has a link with an uplink and a downlink that can be impaired
 * apart, and all reach each other by IPv4. A packet from a to b takes a's uplink, then b's
 * downlink. One thread moves all packets; unimpaired they take some tenths of a millisecond.
 */
public final class LinkEmulator implements AutoCloseable {
  /** Packets under way; one more is dropped. 100 MB at the MTU. */
  private static final int MAX_UNDER_WAY = 65_536;

  /** The longest sleep, and so the longest that {@link #close()} takes. */
  private static final long LONGEST_WAIT_NANOS = 50_000_000;

  private static final int PACKETS_A_TURN = 64;
  private static final int POLLFD = 8;
  private static final short POLLIN = 1;
  private static final int IPV4_HEADER = 20;
  private static final int DESTINATION = 16; // where the header has it (RFC 791)

  /** One namespace and its link. */
  public static final class Link {
    private final String label;
    private final NetworkNamespace namespace;
    private final String address;
    private final TunDevice device;
    private final LinkDirection uplink;
    private final LinkDirection downlink;

    private Link(
        String label,
        NetworkNamespace namespace,
        String address,
        TunDevice device,
        SplittableRandom random) {
      this.label = label;
      this.namespace = namespace;
      this.address = address;
      this.device = device;
      this.uplink = new LinkDirection(random.split());
      this.downlink = new LinkDirection(random.split());
    }

    /** What the caller named it. */
    public String label() {
      return label;
    }

    /** Where programs on this link run. */
    public NetworkNamespace namespace() {
      return namespace;
    }

    /** The namespace's IPv4 address. */
    public String address() {
      return address;
    }

    /** What leaves the namespace. */
    public LinkDirection uplink() {
      return uplink;
    }

    /** What arrives in the namespace. */
    public LinkDirection downlink() {
      return downlink;
    }
  }

  /** A packet on its way: through the switch at {@code downlink} false, to its end at true. */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  private record UnderWay(byte[] packet, Link destination, boolean downlink) {}

  private final LinuxCalls calls = new LinuxCalls();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<Integer, Link> byAddress = new LinkedHashMap<>();
  private final DelayQueue<UnderWay> underWay = new DelayQueue<>(MAX_UNDER_WAY);
  private final LongAdder unroutable = new LongAdder();
  private final LongAdder overflowed = new LongAdder();
  private final Thread mover = new Thread(this::move, "link-emulator");
  private volatile boolean stopped;

  /**
   * Makes a namespace for each label, addresses 10.77.{@code subnet}.2 and up, and starts moving
   * packets.
   *
   * @param subnet 0 to 255; matters only to programs that look at addresses
   * @param seed of the randomness
   * @throws IOException when namespaces or devices cannot be made; nothing is left behind
   */
  public LinkEmulator(List<String> labels, int subnet, long seed) throws IOException {
    if (labels.isEmpty() || labels.size() > 250 || subnet < 0 || subnet > 255) {
      throw new IllegalArgumentException("1 to 250 namespaces on a subnet of 0 to 255");
    }
    SplittableRandom random = new SplittableRandom(seed);
    try {
      for (String label : labels) {
        if (links.containsKey(label)) {
          throw new IllegalArgumentException("two namespaces are labelled " + label);
        }
        int host = links.size() + 2;
        add(label, "10.77." + subnet + "." + host, random);
        byAddress.put(10 << 24 | 77 << 16 | subnet << 8 | host, links.get(label));
      }
    } catch (IOException | RuntimeException e) {
      dismantle();
      throw e;
    }
    mover.setDaemon(true);
    mover.start();
  }

  private void add(String label, String address, SplittableRandom random) throws IOException {
    NetworkNamespace namespace = NetworkNamespace.create(label);
    TunDevice device;
    try {
      device = TunDevice.open(calls, "vaxel%d");
    } catch (IOException e) {
      namespace.close();
      throw e;
    }
    links.put(label, new Link(label, namespace, address, device, random));
    namespace.attach(device, address);
  }

  /**
   * The link of that label.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Link link(String label) {
    Link link = links.get(label);
    if (link == null) {
      throw new IllegalArgumentException("no namespace is labelled " + label);
    }
    return link;
  }

  /** All links, in the order they were named. */
  public List<Link> links() {
    return new ArrayList<>(links.values());
  }

  /** Packets dropped because no namespace has their destination. IPv6 is not counted. */
  public long unroutable() {
    return unroutable.sum();
  }

  /** Packets dropped because too many were under way or a device took no more. */
  public long overflowed() {
    return overflowed.sum();
  }

  private void move() {
    try (Arena arena = Arena.ofConfined()) {
      Link[] all = links.values().toArray(Link[]::new);
      MemorySegment descriptors = arena.allocate((long) POLLFD * all.length, POLLFD);
      for (int i = 0; i < all.length; i++) {
        descriptors.set(JAVA_INT, (long) i * POLLFD, all[i].device.descriptor());
        descriptors.set(JAVA_SHORT, (long) i * POLLFD + 4, POLLIN);
      }
      MemorySegment timeout = arena.allocate(16, 8);
      while (!stopped) {
        long wait = underWay.untilNext(System.nanoTime(), LONGEST_WAIT_NANOS);
        timeout.set(JAVA_LONG, 8, wait);
        calls.poll(descriptors, all.length, timeout);
        for (int i = 0; i < all.length; i++) {
          if (descriptors.get(JAVA_SHORT, (long) i * POLLFD + 6) != 0) {
            takeFrom(all[i]);
          }
        }
        deliver(System.nanoTime());
      }
    } catch (IOException e) {
      System.err.println("link emulator stopped: " + e.getMessage());
    }
  }

  private void takeFrom(Link source) throws IOException {
    for (int i = 0; i < PACKETS_A_TURN; i++) {
      byte[] packet = source.device.read();
      if (packet == null) {
        return;
      }
      if (packet.length < IPV4_HEADER || packet[0] >> 4 != 4) {
        continue; // IPv6 neighbour discovery, mostly
      }
      Link destination = byAddress.get(ByteBuffer.wrap(packet).getInt(DESTINATION));
      if (destination == null) {
        unroutable.increment();
        continue;
      }
      schedule(source.uplink, new UnderWay(packet, destination, false), System.nanoTime());
    }
  }

  private void deliver(long now) {
    UnderWay due = underWay.poll(now);
    while (due != null) {
      if (!due.downlink) {
        schedule(due.destination.downlink, new UnderWay(due.packet, due.destination, true), now);
      } else if (!due.destination.device.write(due.packet)) {
        overflowed.increment();
      }
      due = underWay.poll(now);
    }
  }

  private void schedule(LinkDirection direction, UnderWay packet, long now) {
    long departure = direction.admit(packet.packet.length, now);
    if (departure != LinkDirection.DROPPED && !underWay.add(departure, packet)) {
      overflowed.increment();
    }
  }

  /** Stops moving packets and removes the namespaces. */
  @Override
  public void close() {
    stopped = true;
    try {
      mover.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dismantle();
  }

  private void dismantle() {
    for (Link link : links.values()) {
      link.device.close();
      link.namespace.close();
    }
    links.clear();
  }
}
