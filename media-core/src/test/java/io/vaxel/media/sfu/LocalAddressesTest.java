package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.stun.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LocalAddressesTest {
  private static SfuConfig config(String bind, List<String> advertised, boolean udp, boolean tcp) {
    return new SfuConfig(
        2,
        InetAddress.ofLiteral(bind),
        10_000,
        advertised.stream().map(AdvertisedAddress::parse).toList(),
        udp,
        tcp,
        1024,
        "auto");
  }

  private static List<String> addresses(List<IceCandidate> candidates) {
    return candidates.stream()
        .map(IceCandidate::socketAddress)
        .map(Objects::requireNonNull)
        .map(LocalAddressesTest::text)
        .toList();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Test
  void advertisedAddressesReplaceAllOthers() {
    List<IceCandidate> candidates =
        LocalAddresses.candidates(
            config("0.0.0.0", List.of("192.0.2.7", "192.0.2.8:30000"), true, false), 1, 10_001);
    assertEquals(List.of("192.0.2.7:10001", "192.0.2.8:30001"), addresses(candidates));
  }

  @Test
  void aBoundAddressIsTheOnlyOne() {
    List<IceCandidate> candidates =
        LocalAddresses.candidates(config("192.0.2.9", List.of(), true, true), 0, 10_000);
    assertEquals(List.of("192.0.2.9:10000", "192.0.2.9:10000"), addresses(candidates));
  }

  @Test
  void theInterfacesCountOtherwiseAndLoopbackComesLast() {
    List<String> addresses =
        addresses(LocalAddresses.candidates(config("0.0.0.0", List.of(), true, false), 0, 10_000));
    assertEquals("127.0.0.1:10000", addresses.getLast());
    assertEquals(addresses.stream().distinct().toList(), addresses);
  }

  @Test
  void udpIsPreferredToTcpAndEarlierAddressesToLater() {
    List<IceCandidate> candidates =
        LocalAddresses.candidates(
            config("0.0.0.0", List.of("192.0.2.7", "192.0.2.8"), true, true), 0, 10_000);
    List<IceCandidate> udp = only(candidates, IceCandidate.Transport.UDP);
    List<IceCandidate> tcp = only(candidates, IceCandidate.Transport.TCP);
    assertEquals(2, udp.size());
    assertEquals(2, tcp.size());
    assertTrue(udp.get(0).priority() > udp.get(1).priority());
    assertTrue(tcp.get(0).priority() > tcp.get(1).priority());
    assertTrue(udp.get(1).priority() > tcp.get(0).priority());
  }

  @Test
  void whatIsOffIsNotOffered() {
    assertFalse(
        LocalAddresses.candidates(config("192.0.2.9", List.of(), false, true), 0, 1).stream()
            .anyMatch(candidate -> candidate.transport() == IceCandidate.Transport.UDP));
    assertFalse(
        LocalAddresses.candidates(config("192.0.2.9", List.of(), true, false), 0, 1).stream()
            .anyMatch(candidate -> candidate.transport() == IceCandidate.Transport.TCP));
  }

  private static List<IceCandidate> only(
      List<IceCandidate> candidates, IceCandidate.Transport transport) {
    return candidates.stream().filter(each -> each.transport() == transport).toList();
  }
}
