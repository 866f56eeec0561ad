package io.vaxel.media.stun;

/** The numbers of STUN (RFC 8489) and of its use in ICE (RFC 8445 section 16) that we speak. */
public final class Stun {
  /** Bytes of the fixed header (RFC 8489 section 5). */
  public static final int HEADER_LENGTH = 20;

  /** Fixed value at offset 4 of every message. */
  public static final int MAGIC_COOKIE = 0x2112A442;

  /** Message types: method Binding with its class (RFC 8489 section 5). */
  public static final int BINDING_REQUEST = 0x0001;

  public static final int BINDING_INDICATION = 0x0011;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  /** Attribute types (RFC 8489 section 18.3; RFC 8445 section 16.1). */
  public static final int MAPPED_ADDRESS = 0x0001;

  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int REALM = 0x0014;
  public static final int NONCE = 0x0015;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int SOFTWARE = 0x8022;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;

  /** Error codes (RFC 8489 section 14.8; 487: RFC 8445 section 7.3.1.1). */
  public static final int BAD_REQUEST = 400;

  public static final int UNAUTHENTICATED = 401;
  public static final int UNKNOWN_ATTRIBUTE = 420;
  public static final int ROLE_CONFLICT = 487;

  static final int FINGERPRINT_XOR = 0x5354554E;
  static final int INTEGRITY_LENGTH = 20;

  private Stun() {}

  /** Attributes below this number must be understood by who receives them in a request. */
  static boolean comprehensionRequired(int attribute) {
    return attribute < 0x8000;
  }

  static boolean understood(int attribute) {
    return switch (attribute) {
      case MAPPED_ADDRESS,
          USERNAME,
          MESSAGE_INTEGRITY,
          ERROR_CODE,
          UNKNOWN_ATTRIBUTES,
          REALM,
          NONCE,
          XOR_MAPPED_ADDRESS,
          PRIORITY,
          USE_CANDIDATE ->
          true;
      default -> false;
    };
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
