package io.vaxel.common.credential;

import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * The operator whose credential let in the request that is being answered.
 *
 * @param name who it is: the subject of the bearer, {@code operator} for an operator token
 * @param type what it is
 */
public record CallingOperator(String name, Type type) {
  private static final String PROPERTY = CallingOperator.class.getName();

  /** The kinds of callers that {@code systemData} of Azure resources tells apart. */
  public enum Type {
    USER("User"),
    APPLICATION("Application"),
    KEY("Key");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * Who called.
   *
   * @throws IllegalStateException when the REST resource does not ask for an {@link
   *     OperatorCredential}
   */
  public static CallingOperator of(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof CallingOperator operator) {
      return operator;
    }
    throw new IllegalStateException("The request was let in without an operator's credential");
  }

  static void set(ContainerRequestContext request, CallingOperator operator) {
    request.setProperty(PROPERTY, operator);
  }
}
