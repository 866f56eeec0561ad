package io.vaxel.common.limit;

import io.vaxel.common.credential.CallingOperator;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.http.RequestFacts;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts REST methods under their limits: a method with a credential under that of its caller, which
 * is an address and the resource or operator it speaks for; one with {@link Limited} also under
 * that of its operation, for each resource or operator. Where the credential is checked later, as
 * for exchanges of foreign tokens, the address alone counts.
 */
public final class LimitFeature implements DynamicFeature {
  private final Buckets callers;
  private final Map<String, Buckets> operations;

  public LimitFeature(RateLimits limits, InstantSource clock) {
    ForwardTime time = new ForwardTime(clock);
    this.callers = new Buckets(limits.caller(), limits.callers(), time);
    this.operations =
        limits.operations().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    limit -> new Buckets(limit.getValue(), limits.callers(), time)));
  }

  /**
   * @throws IllegalStateException when a method names a limit that is not in the settings
   */
  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    Function<ContainerRequestContext, String> speaksFor = speaksFor(method);
    Limited limited = annotation(method, Limited.class);
    if (limited == null && speaksFor == null) {
      return;
    }
    LimitFilter caller =
        new LimitFilter(
            callers,
            request ->
                speaksFor == null
                    ? address(request)
                    : speaksFor.apply(request) + " " + address(request));
    if (limited == null) {
      context.register(caller);
      return;
    }
    Buckets operation = operations.get(limited.value());
    if (operation == null) {
      throw new IllegalStateException("There is no limit named " + limited.value());
    }
    LimitFilter operationLimit =
        new LimitFilter(operation, speaksFor == null ? LimitFeature::address : speaksFor);
    context.register(new OperationLimitFilter(caller, operationLimit));
  }

  private static @Nullable Function<ContainerRequestContext, String> speaksFor(
      ResourceInfo method) {
    if (annotation(method, ResourceCredential.class) != null) {
      return request -> CallingResource.idOf(request).toString();
    }
    return annotation(method, OperatorCredential.class) == null
        ? null
        : request -> "operator " + CallingOperator.of(request).name();
  }

  private static <A extends Annotation> @Nullable A annotation(ResourceInfo method, Class<A> type) {
    A own = method.getResourceMethod().getAnnotation(type);
    return own != null ? own : method.getResourceClass().getAnnotation(type);
  }

  private static String address(ContainerRequestContext request) {
    if (!(request.getProperty(RequestFacts.PROPERTY) instanceof RequestFacts facts)) {
      throw new IllegalStateException("The front door did not set the facts of the request");
    }
    InetAddress address = facts.remoteAddress().getAddress();
    return address == null ? "" : address.getHostAddress();
  }
}
