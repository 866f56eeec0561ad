package io.vaxel.benchmarks.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for a namespace: {@code echo} sends datagrams back; {@code send HOST COUNT MICROS
 * BYTES} sends that many, so far apart, and prints how many came back and the median round trip in
 * microseconds.
 */
public final class UdpProbe {
  private static final int PORT = 9999;
  private static final int TIMEOUT_MILLIS = 1000;

  private UdpProbe() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("echo")) {
      echo();
    } else {
      send(
          InetAddress.getByName(arguments[1]),
          Integer.parseInt(arguments[2]),
          Long.parseLong(arguments[3]) * 1000,
          Integer.parseInt(arguments[4]));
    }
  }

  private static void echo() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(PORT)) {
      System.out.println("ready");
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      while (true) {
        packet.setLength(2048);
        socket.receive(packet);
        socket.send(packet);
      }
    }
  }

  private static void send(InetAddress host, int count, long gapNanos, int bytes)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(host, PORT);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      Thread sender = Thread.ofPlatform().start(() -> sendAll(socket, count, gapNanos, bytes));
      long[] trips = new long[count];
      int received = 0;
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      while (received < count) {
        try {
          packet.setLength(2048);
          socket.receive(packet);
        } catch (SocketTimeoutException e) {
          if (sender.isAlive()) {
            continue;
          }
          break;
        }
        trips[received++] = System.nanoTime() - ByteBuffer.wrap(packet.getData()).getLong(0);
      }
      Arrays.sort(trips, 0, received);
      System.out.println(received + " " + (received == 0 ? 0 : trips[received / 2] / 1000));
    }
  }

  private static void sendAll(DatagramSocket socket, int count, long gapNanos, int bytes) {
    ByteBuffer payload = ByteBuffer.allocate(bytes);
    long next = System.nanoTime();
    try {
      for (int i = 0; i < count; i++) {
        socket.send(new DatagramPacket(payload.putLong(0, System.nanoTime()).array(), bytes));
        next += gapNanos;
        while (next - System.nanoTime() > 0) {
          LockSupport.parkNanos(next - System.nanoTime());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
