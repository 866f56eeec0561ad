package io.vaxel.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page for developers is made from the table in code: with {@code -Dvaxel.docs.write=true} it
 * is written, otherwise it must be what would be written.
 */
class EndReasonsPageTest {
  private static final Path PAGE = Path.of("../docs/calling/end-reasons.md");
  private static final String HEAD =
      """
      # Why a call ended

      `callEndReason` of a call, of a participant and of an incoming call has one of these codes and sub-codes, and so has a failed
      transfer. This page is made from `EndReason`; do not edit it: `EndReasonsPageTest` writes it.

      Source: **ACS**, the values are documented in "Troubleshooting call end response codes" of Azure Communication Services, and
      applications may compare them; **Microsoft**, found on other public pages (Microsoft Graph "Delete call", SIP response codes of
      Teams) or in the open-source ACS UI library; **Vaxel**, ours, where nothing was published. A call that could not be joined ends
      with the code of the [error](errors.md) that said why.

      | code | sub-code | name | meaning | source |
      |---|---|---|---|---|
      """;

  @Test
  void showsTheTable() throws IOException {
    String page =
        HEAD
            + Arrays.stream(EndReason.values())
                .map(EndReasonsPageTest::row)
                .collect(Collectors.joining());
    if (Boolean.getBoolean("vaxel.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE));
  }

  @Test
  void codesTellReasonsApart() {
    assertEquals(
        EndReason.values().length,
        Arrays.stream(EndReason.values())
            .map(r -> r.code() + "/" + r.subCode())
            .distinct()
            .count());
  }

  private static String row(EndReason reason) {
    String source =
        switch (reason.source()) {
          case ACS -> "ACS";
          case MICROSOFT -> "Microsoft";
          case VAXEL -> "Vaxel";
        };
    return "| %d | %d | `%s` | %s | %s |%n"
        .formatted(reason.code(), reason.subCode(), reason.name(), reason.message(), source);
  }
}
