package io.vaxel.common.repeat;

import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.error.ApiException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a {@link RepeatableOperation} and takes the fingerprint of the request,
 * before its body is parsed and after its caller is known.
 */
@RepeatableOperation
@Priority(Priorities.HEADER_DECORATOR)
public final class RepeatabilityFilter implements ContainerRequestFilter {
  private static final String PROPERTY = RepeatabilityFilter.class.getName();

  private final Duration retention;
  private final int maxBodyBytes;
  private final InstantSource clock;

  /**
   * @param retention how long first answers are kept
   * @param maxBodyBytes longest body in bytes; a longer one gets 413
   */
  public RepeatabilityFilter(Duration retention, int maxBodyBytes, InstantSource clock) {
    this.retention = retention;
    this.maxBodyBytes = maxBodyBytes;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    RepeatabilityHeaders headers = RepeatabilityHeaders.of(request, clock.instant(), retention);
    if (headers == null) {
      return;
    }
    byte[] body = request.getEntityStream().readNBytes(maxBodyBytes + 1);
    if (body.length > maxBodyBytes) {
      throw new ApiException(
          413, "RequestBodyTooLarge", "The body is longer than " + maxBodyBytes + " bytes.");
    }
    request.setEntityStream(new ByteArrayInputStream(body));
    request.setProperty(
        PROPERTY,
        new Repetition(
            CallingResource.idOf(request).toString(),
            headers.requestId(),
            headers.firstSent(),
            fingerprint(request, body)));
  }

  /** What the filter found out, or null when the request is an ordinary one. */
  static @Nullable Repetition of(ContainerRequestContext request) {
    return request.getProperty(PROPERTY) instanceof Repetition repetition ? repetition : null;
  }

  private static String fingerprint(ContainerRequestContext request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line = request.getMethod() + " " + request.getUriInfo().getRequestUri() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
