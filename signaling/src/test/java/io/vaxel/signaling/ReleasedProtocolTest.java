package io.vaxel.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.vaxel.signaling.proto.ClientMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The calling protocol only ever gains fields, messages and values: every line that was released
 * still holds. {@code -Dvaxel.protocol.release=true} writes what the protocol is now.
 */
class ReleasedProtocolTest {
  private static final Path RELEASED = Path.of("../docs/calling/signaling-v1.txt");

  @Test
  void nothingThatWasReleasedIsTakenAway() throws Exception {
    TreeSet<String> now = new TreeSet<>();
    var file = ClientMessage.getDescriptor().getFile();
    file.getMessageTypes().forEach(message -> describe(message, now));
    file.getEnumTypes().forEach(values -> describe(values, now));
    if (Boolean.getBoolean("vaxel.protocol.release")) {
      Files.write(RELEASED, now);
    }
    TreeSet<String> missing = new TreeSet<>(Files.readAllLines(RELEASED));
    missing.removeAll(now);
    assertEquals(List.of(), List.copyOf(missing), "Clients rely on what was released.");
  }

  private static void describe(Descriptor message, Set<String> lines) {
    for (FieldDescriptor field : message.getFields()) {
      String oneof =
          field.getContainingOneof() == null
              ? ""
              : " in oneof " + field.getContainingOneof().getName();
      lines.add(
          "%s %d = %s %s%s"
              .formatted(
                  message.getFullName(), field.getNumber(), typeOf(field), field.getName(), oneof));
    }
    message.getNestedTypes().forEach(nested -> describe(nested, lines));
    message.getEnumTypes().forEach(values -> describe(values, lines));
  }

  private static String typeOf(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> field.getMessageType().getFullName();
          case ENUM -> field.getEnumType().getFullName();
          default -> field.getType().name();
        };
    return field.isRepeated() ? "repeated " + type : type;
  }

  private static void describe(EnumDescriptor values, Set<String> lines) {
    values
        .getValues()
        .forEach(
            value ->
                lines.add(
                    values.getFullName() + " " + value.getNumber() + " = " + value.getName()));
  }
}
