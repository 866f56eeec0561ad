package io.vaxel.common.token;

import java.util.Optional;

/** What a user access token allows, as the ACS identity service names it. */
public enum TokenScope {
  CHAT("chat"),
  CHAT_JOIN("chat.join"),
  CHAT_JOIN_LIMITED("chat.join.limited"),
  VOIP("voip"),
  VOIP_JOIN("voip.join");

  private final String wireName;

  TokenScope(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests and tokens. */
  public String wireName() {
    return wireName;
  }

  /** The scope with this wire name, if there is one. */
  public static Optional<TokenScope> of(String wireName) {
    for (TokenScope scope : values()) {
      if (scope.wireName.equals(wireName)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
