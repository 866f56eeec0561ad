package io.vaxel.media.stun;

import io.vaxel.media.packet.PacketBuffer;
import java.util.HexFormat;

/** The vectors of RFC 5769, and help to read and write messages in tests. */
final class Messages {
  static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  /** Section 2.1. */
  static final byte[] REQUEST =
      hex(
          """
          000100582112a442b7e7a701bc34d686fa87dfae802200105354554e20746573\
          7420636c69656e74002400046e0001ff80290008932ff9b151263b3600060009\
          6576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249\
          c1b571a280280004e57a3bcf""");

  /** Section 2.2. */
  static final byte[] IPV4_RESPONSE =
      hex(
          """
          0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563\
          746f7220002000080001a147e112a643000800142b91f599fd9e90c38c7489f9\
          2af9ba53f06be7d780280004c07d4c96""");

  /** Section 2.3. */
  static final byte[] IPV6_RESPONSE =
      hex(
          """
          010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563\
          746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014\
          a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c""");

  /** Section 2.4. */
  static final byte[] LONG_TERM_REQUEST =
      hex(
          """
          000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383\
          aae38383e382afe382b900000015001c662f2f3439396b39353464364f4c3334\
          6f4c394653547679363473410014000b6578616d706c652e6f72670000080014\
          f67024656dd64a3e02b8e0712e85c9a28ca89666""");

  private Messages() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  static PacketBuffer packet(byte[] bytes) {
    PacketBuffer packet = PacketBuffer.allocate();
    packet.copyFrom(bytes, 0, bytes.length);
    return packet;
  }

  static StunMessage read(PacketBuffer packet) {
    StunMessage message = new StunMessage();
    if (!message.wrap(packet.bytes(), 0, packet.length())) {
      throw new AssertionError("not a STUN message");
    }
    return message;
  }
}
