package io.vaxel.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SignalingErrorTest {
  private static final Path PAGE = Path.of("../docs/calling/errors.md");
  private static final Set<Integer> CODES =
      Set.of(400, 401, 403, 404, 409, 410, 413, 429, 500, 503);

  @Test
  void pageForDevelopersShowsEveryErrorAndNoOther() throws IOException {
    List<String> expected = new ArrayList<>();
    for (SignalingError error : SignalingError.values()) {
      expected.add(
          "| %d | %d | `%s` | %s | %s |"
              .formatted(
                  error.code(),
                  error.subCode(),
                  error.name(),
                  error.message(),
                  error.closes() ? "yes" : ""));
    }
    assertEquals(String.join("\n", expected), String.join("\n", rows("## Errors")));
  }

  @Test
  void subCodesTellErrorsApart() {
    Set<Integer> subCodes =
        Arrays.stream(SignalingError.values())
            .map(SignalingError::subCode)
            .collect(Collectors.toSet());
    assertEquals(SignalingError.values().length, subCodes.size());
    for (SignalingError error : SignalingError.values()) {
      assertTrue(CODES.contains(error.code()), error.name());
    }
  }

  /** Rows of the table under a heading, without its head. */
  private static List<String> rows(String heading) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean here = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        here = line.equals(heading);
      } else if (here && line.matches("\\| \\d.*")) {
        rows.add(line);
      }
    }
    return rows;
  }
}
