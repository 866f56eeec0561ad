package io.vaxel.common.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused with a documented error. Its message goes to the caller, so it holds no
 * secret and nothing about the server's inside.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ErrorBody body;
  private final transient Map<String, String> headers;

  /** An error that no single field is to blame for. */
  public ApiException(int status, String code, String message) {
    this(status, ErrorBody.of(code, message), Map.of());
  }

  /** An error of one field of the request. */
  public ApiException(int status, String code, String message, @Nullable String target) {
    this(status, new ErrorBody(ErrorBody.Detail.of(code, message, target)), Map.of());
  }

  private ApiException(int status, ErrorBody body, Map<String, String> headers) {
    // Refusing is ordinary work: no stack trace is taken.
    super(body.error().code() + ": " + body.error().message(), null, false, false);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  /** The same error, said more exactly by an inner one. */
  public ApiException withInnerError(String code, String message) {
    ErrorBody.Detail error = body.error();
    return new ApiException(
        status,
        new ErrorBody(
            new ErrorBody.Detail(
                error.code(),
                error.message(),
                error.target(),
                error.details(),
                ErrorBody.Detail.of(code, message, null))),
        headers);
  }

  /** The same error with one more header on its answer. */
  public ApiException withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiException(status, body, Map.copyOf(more));
  }

  /** HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** Body of the answer. */
  public ErrorBody body() {
    return body;
  }

  /** Headers of the answer beyond those that every error has. */
  public Map<String, String> headers() {
    return headers;
  }
}
