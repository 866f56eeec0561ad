package io.vaxel.common.limit;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * The caller's limit and the operation's, one after the other: one method cannot have two filters
 * of the same class.
 */
@Priority(Priorities.AUTHENTICATION + 100)
final class OperationLimitFilter implements ContainerRequestFilter {
  private final LimitFilter caller;
  private final LimitFilter operation;

  OperationLimitFilter(LimitFilter caller, LimitFilter operation) {
    this.caller = caller;
    this.operation = operation;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    caller.filter(request);
    operation.filter(request);
  }
}
