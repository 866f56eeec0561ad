package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationFailedException;
import io.vaxel.common.operation.OperationHandler;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Changes what the owner of a number uses of it. */
final class CapabilitiesHandler implements OperationHandler {
  static final String KIND = "capabilities";

  private final NumberEvents events;
  private final InstantSource clock;

  /**
   * The input of the operation.
   *
   * @param calling the new directions of calls; null keeps them
   * @param sms the new directions of messages; null keeps them
   */
  record Change(String number, @Nullable CapabilityType calling, @Nullable CapabilityType sms) {
    private static final String KEEP = "-";

    String text() {
      return number + " " + name(calling) + " " + name(sms);
    }

    static Change parse(String text) {
      String[] parts = text.split(" ", -1);
      return new Change(parts[0], capability(parts[1]), capability(parts[2]));
    }

    Capabilities on(Capabilities before) {
      return new Capabilities(
          calling == null ? before.calling() : calling, sms == null ? before.sms() : sms);
    }

    private static String name(@Nullable CapabilityType type) {
      return type == null ? KEEP : type.wireName();
    }

    private static @Nullable CapabilityType capability(String name) {
      return name.equals(KEEP) ? null : CapabilityType.of(name);
    }
  }

  CapabilitiesHandler(NumberEvents events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public @Nullable String run(Handle sql, Operation operation) throws OperationFailedException {
    Change change = Change.parse(operation.input());
    OwnedNumber owned =
        OwnedNumbers.find(sql, change.number())
            .filter(number -> number.resourceId().equals(operation.resourceId()))
            .orElseThrow(CapabilitiesHandler::notOwned);
    Capabilities wanted = change.on(owned.capabilities());
    if (!owned.stock().capabilities().covers(wanted)) {
      throw new OperationFailedException(
          "CapabilityNotSupported",
          "The phone number offers calling "
              + owned.stock().capabilities().calling().wireName()
              + " and sms "
              + owned.stock().capabilities().sms().wireName()
              + ".");
    }
    int changed =
        sql.createUpdate(
                "update phone_numbers set owned_calling = :calling, owned_sms = :sms"
                    + " where number = :number and owner_id = :resource")
            .bind("calling", wanted.calling().bits())
            .bind("sms", wanted.sms().bits())
            .bind("number", change.number())
            .bind("resource", operation.resourceId().toString())
            .execute();
    if (changed == 0) {
      throw notOwned();
    }
    events.changed(
        sql,
        new OwnedNumber(owned.resourceId(), owned.stock(), wanted, owned.purchasedAt()),
        clock.instant());
    return null;
  }

  private static OperationFailedException notOwned() {
    return new OperationFailedException(
        "NotFound", "The resource does not own the phone number any more.");
  }
}
