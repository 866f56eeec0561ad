package io.vaxel.server.doctor;

import io.netty.channel.epoll.Epoll;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server needs of the machine: native parts, clock, address, web pages. */
final class MachineChecks {
  /** Nobody runs this before it was written: an earlier clock is unset. */
  private static final Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final ServerConfig config;
  private final @Nullable Path web;
  private final Instant now;

  MachineChecks(ServerConfig config, @Nullable Path web, Instant now) {
    this.config = config;
    this.web = web;
    this.now = now;
  }

  List<Finding> findings() {
    return List.of(epoll(), libcrypto(), clock(), address(), webPages());
  }

  private static Finding epoll() {
    if (Epoll.isAvailable()) {
      return Finding.ok("epoll", "available");
    }
    return Finding.warning(
        "epoll",
        "not available: " + Epoll.unavailabilityCause().getMessage(),
        "The server works without, but slower. It needs Linux on x86-64 or arm64, and a folder"
            + " for temporary files that allows execution (-Djava.io.tmpdir).");
  }

  private static Finding libcrypto() {
    for (String name : List.of("libcrypto.so.3", "libcrypto.so", "libcrypto.3.dylib")) {
      try (Arena arena = Arena.ofConfined()) {
        SymbolLookup library = SymbolLookup.libraryLookup(name, arena);
        MethodHandle version =
            Linker.nativeLinker()
                .downcallHandle(
                    library.findOrThrow("OpenSSL_version"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        MemorySegment text = (MemorySegment) version.invokeExact(0);
        return Finding.ok("libcrypto", text.reinterpret(256).getString(0));
      } catch (IllegalArgumentException e) {
        // Not under this name.
      } catch (Throwable e) {
        return Finding.warning("libcrypto", name + " can't be used: " + e, "Install libssl3.");
      }
    }
    return Finding.warning(
        "libcrypto",
        "not found",
        "Media is encrypted in Java instead, which costs more. Install OpenSSL 3: apt-get install"
            + " libssl3.");
  }

  private Finding clock() {
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      return Finding.problem(
          "clock",
          "this machine thinks that it is " + now,
          "Set it: tokens and certificates are judged by it. timedatectl set-ntp true keeps it.");
    }
    try (Stream<Path> files =
        Files.exists(config.data()) ? Files.list(config.data()) : Stream.of()) {
      Instant newest = files.map(MachineChecks::lastChange).max(Instant::compareTo).orElse(now);
      if (newest.isAfter(now.plus(TOLERANCE))) {
        return Finding.warning(
            "clock",
            "it is " + now + ", but the data folder was written at " + newest,
            "The clock went back. Check it: tokens and signed requests are judged by it.");
      }
    } catch (IOException e) {
      // The data folder has a check of its own.
    }
    return Finding.ok("clock", now + " (signed requests may be 15 minutes off)");
  }

  private static Instant lastChange(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private Finding address() {
    List<String> advertised = config.mediaAddresses();
    List<InetAddress> own;
    try {
      own =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
              .toList();
    } catch (SocketException e) {
      return Finding.warning("address", "the interfaces can't be listed: " + e, "Try as root.");
    }
    if (!advertised.isEmpty()) {
      return Finding.ok(
          "address",
          "media goes to " + advertised + "; a router on the way forwards UDP and TCP to here");
    }
    boolean reachable =
        own.stream().anyMatch(address -> address instanceof Inet4Address && !isPrivate(address));
    if (own.isEmpty()) {
      return Finding.warning(
          "address",
          "this machine has the loopback address only",
          "Calls work on this machine alone. Connect a network, or use --advertise.");
    }
    return reachable
        ? Finding.ok("address", "media goes to " + readable(own))
        : Finding.warning(
            "address",
            "media goes to " + readable(own) + ", which only this network reaches",
            "For callers from outside use --advertise with the public address, and forward the"
                + " media ports to this machine.");
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    // 100.64.0.0/10 is the shared space of carriers (RFC 6598).
    boolean carrier = bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return address.isSiteLocalAddress() || carrier;
  }

  private static List<String> readable(List<InetAddress> addresses) {
    return addresses.stream()
        .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
        .toList();
  }

  private Finding webPages() {
    if (web != null && Files.isRegularFile(web.resolve("demo/index.html"))) {
      return Finding.ok("web pages", "demo page and calling SDK are in " + web);
    }
    return Finding.warning(
        "web pages",
        "the demo page and the calling SDK are not built",
        "Install Node 20.19 or newer with npm and start by ./vaxel, which builds them. Everything"
            + " else works without.");
  }
}
