package io.vaxel.common.repeat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.storage.Database;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Carries out requests of {@link RepeatableOperation}s once. The first answer is stored in the
 * transaction that holds the effect, so either both are there or neither. The same request again
 * gets that answer; one that arrives while the first is being carried out waits for it. Only
 * success is stored: what was refused has changed nothing and is judged anew.
 *
 * <p>Safe for any thread; blocks.
 */
public final class RepeatableAnswers {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setDefaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));

  private final Database database;
  private final Duration retention;
  private final int mostPerCaller;
  private final InstantSource clock;

  /**
   * @param retention how long answers are kept, counted from the first sending
   * @param mostPerCaller answers that are kept for one caller; one more request gets 429
   */
  public RepeatableAnswers(
      Database database, Duration retention, int mostPerCaller, InstantSource clock) {
    this.database = database;
    this.retention = retention;
    this.mostPerCaller = mostPerCaller;
    this.clock = clock;
  }

  /**
   * What an operation answers when it is carried out.
   *
   * @param status HTTP status, 2xx
   * @param body written as JSON
   */
  public record Answer(int status, Object body) {}

  /**
   * Answers a request, carrying it out unless that was done before.
   *
   * @param work the operation, in a transaction; may run again when the database asks for it
   * @throws ApiException what the work throws; 400 when the id belongs to another request; 429 when
   *     the caller has sent too many
   */
  public <X extends Exception> Response answer(
      ContainerRequestContext request, HandleCallback<Answer, X> work) throws X {
    Repetition repetition = RepeatabilityFilter.of(request);
    Stored answer =
        database.<Stored, X>inTransaction(
            sql -> repetition == null ? stored(work.withHandle(sql)) : once(sql, repetition, work));
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(answer.body());
    if (repetition != null) {
      response.header(RepeatabilityHeaders.RESULT, "accepted");
    }
    return response.build();
  }

  /** Removes the answers that nobody may ask for again. */
  public void removeExpired() {
    database
        .jdbi()
        .useHandle(
            sql ->
                sql.createUpdate("delete from repeated_requests where expires_at <= :now")
                    .bind("now", clock.millis())
                    .execute());
  }

  private <X extends Exception> Stored once(
      Handle sql, Repetition repetition, HandleCallback<Answer, X> work) throws X {
    removeExpired(sql, repetition.caller());
    if (!claim(sql, repetition)) {
      return first(sql, repetition);
    }
    requireRoom(sql, repetition.caller());
    Stored answer = stored(work.withHandle(sql));
    sql.createUpdate(
            "update repeated_requests set status = :status, body = :body"
                + " where caller = :caller and request_id = :id")
        .bind("status", answer.status())
        .bind("body", answer.body())
        .bind("caller", repetition.caller())
        .bind("id", repetition.requestId().toString())
        .execute();
    return answer;
  }

  private void removeExpired(Handle sql, String caller) {
    sql.createUpdate("delete from repeated_requests where caller = :caller and expires_at <= :now")
        .bind("caller", caller)
        .bind("now", clock.millis())
        .execute();
  }

  /** Waits while another transaction holds the id, and finds its row when that has committed. */
  private boolean claim(Handle sql, Repetition repetition) {
    return sql.createUpdate(
                "insert into repeated_requests (caller, request_id, first_sent, fingerprint,"
                    + " expires_at) values (:caller, :id, :sent, :fingerprint, :end)"
                    + " on conflict (caller, request_id) do nothing")
            .bind("caller", repetition.caller())
            .bind("id", repetition.requestId().toString())
            .bind("sent", repetition.firstSent().toEpochMilli())
            .bind("fingerprint", repetition.fingerprint())
            .bind("end", repetition.firstSent().plus(retention).toEpochMilli())
            .execute()
        == 1;
  }

  private static Stored first(Handle sql, Repetition repetition) {
    Optional<Stored> first =
        sql.createQuery(
                "select status, body from repeated_requests where caller = :caller"
                    + " and request_id = :id and first_sent = :sent and fingerprint = :fingerprint"
                    + " and status is not null")
            .bind("caller", repetition.caller())
            .bind("id", repetition.requestId().toString())
            .bind("sent", repetition.firstSent().toEpochMilli())
            .bind("fingerprint", repetition.fingerprint())
            .map((row, context) -> new Stored(row.getInt("status"), row.getString("body")))
            .findOne();
    return first.orElseThrow(
        () ->
            RepeatabilityHeaders.rejected(
                400,
                "BadRequest",
                RepeatabilityHeaders.REQUEST_ID + " belongs to another request.",
                RepeatabilityHeaders.REQUEST_ID));
  }

  private void requireRoom(Handle sql, String caller) {
    int kept =
        sql.createQuery("select count(*) from repeated_requests where caller = :caller")
            .bind("caller", caller)
            .mapTo(Integer.class)
            .one();
    if (kept > mostPerCaller) {
      throw RepeatabilityHeaders.rejected(
              429,
              "TooManyRequests",
              "Too many repeatable requests within " + retention.toMinutes() + " minutes.",
              RepeatabilityHeaders.REQUEST_ID)
          .withHeader("Retry-After", "60");
    }
  }

  private static Stored stored(Answer answer) {
    try {
      return new Stored(answer.status(), JSON.writeValueAsString(answer.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written as JSON", e);
    }
  }

  private record Stored(int status, String body) {}
}
