package io.vaxel.common.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageFailureMapperTest {
  @ParameterizedTest
  @CsvSource({
    "08006, 503, ServiceUnavailable, 1",
    "40001, 503, ServiceUnavailable, 1",
    "53100, 503, ServiceUnavailable, 1",
    "22021, 400, BadRequest, null",
    "42601, 500, InternalServerError, null",
    "23505, 500, InternalServerError, null",
  })
  void aFailureOfTheDatabaseIsAnsweredByItsKind(
      String state, int status, String code, String retryAfter) {
    SQLException cause = new SQLException("secret", state);
    Response answer =
        new StorageFailureMapper().toResponse(new UnableToExecuteStatementException(cause, null));
    assertEquals(status, answer.getStatus());
    assertEquals(retryAfter, String.valueOf(answer.getHeaderString("Retry-After")));
    ErrorBody body = (ErrorBody) answer.getEntity();
    assertEquals(code, body.error().code());
    assertEquals(false, body.error().message().contains("secret"));
  }
}
