package io.vaxel.control.resourcemanager;

/** The keys of a resource and the connection strings that hold them: secrets. */
record KeysBody(
    String primaryKey,
    String secondaryKey,
    String primaryConnectionString,
    String secondaryConnectionString) {
  /** Leaves out the secrets. */
  @Override
  public String toString() {
    return "KeysBody[hidden]";
  }
}
