package io.vaxel.common.http;

/** Is told of every request that was answered. Called on connections' loops: must not block. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * A request is done.
   *
   * @param status of the answer
   * @param nanos from the complete request to the last byte of the answer
   */
  void answered(int status, long nanos);
}
