import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the tables of docs/compatibility.md: every operation of docs/operations.csv with the SDK versions that passed
 * it, as the tests wrote them down in MODULE/target/compatibility. Nothing else may tick an operation.
 *
 * <p>Usage: java scripts/Compatibility.java [--check]. With --check nothing is written, and a page that differs fails.
 */
final class Compatibility {
  private static final Path PAGE = Path.of("docs", "compatibility.md");
  private static final String BEGIN = "<!-- tables made by scripts/Compatibility.java: begin -->\n";
  private static final String END = "<!-- tables made by scripts/Compatibility.java: end -->\n";

  /** One line of docs/operations.csv. */
  private record Operation(String service, String name, String method, String path) {}

  /** SDK → versions that passed, oldest first. */
  private static final class Passes extends TreeMap<String, TreeSet<String>> {
    private static final long serialVersionUID = 1L;

    void add(String sdk, String version) {
      computeIfAbsent(sdk, name -> new TreeSet<>(Compatibility::compareVersions)).add(version);
    }

    String of(String sdk) {
      return containsKey(sdk) ? String.join(", ", get(sdk)) : "no";
    }
  }

  public static void main(String[] arguments) throws IOException {
    List<Operation> operations = operations();
    Map<String, Passes> passed = passed();
    for (String key : passed.keySet()) {
      if (operations.stream().noneMatch(operation -> key.equals(keyOf(operation.service(), operation.name())))) {
        fail("docs/operations.csv has no line for " + key + ", which a test has passed");
      }
    }
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      fail(PAGE + " lacks the lines between which the tables belong");
    }
    String made = page.substring(0, begin + BEGIN.length()) + tables(operations, passed) + page.substring(end);
    if (made.equals(page)) {
      System.out.println(PAGE + " says what the tests passed: " + passed.size() + " of " + operations.size());
    } else if (arguments.length == 1 && arguments[0].equals("--check")) {
      fail(PAGE + " does not say what the tests passed; run ./vaxel test and commit the page");
    } else {
      Files.writeString(PAGE, made);
      System.out.println(PAGE + " now says what the tests passed: " + passed.size() + " of " + operations.size());
    }
  }

  private static String tables(List<Operation> operations, Map<String, Passes> passed) {
    Map<String, List<Operation>> services = new LinkedHashMap<>();
    operations.forEach(each -> services.computeIfAbsent(each.service(), name -> new ArrayList<>()).add(each));
    StringBuilder text = new StringBuilder();
    services.forEach(
        (service, list) -> {
          text.append("\n### ").append(service).append("\n\n");
          text.append("| operation | request | Java | JavaScript |\n|---|---|---|---|\n");
          for (Operation operation : list) {
            Passes passes = passed.getOrDefault(keyOf(service, operation.name()), new Passes());
            text.append("| ").append(operation.name());
            text.append(" | `").append(operation.method()).append(' ').append(operation.path());
            text.append("` | ").append(passes.of("Java"));
            text.append(" | ").append(passes.of("JavaScript")).append(" |\n");
          }
        });
    return text.append('\n').toString();
  }

  private static List<Operation> operations() throws IOException {
    return Files.readAllLines(Path.of("docs", "operations.csv")).stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(line -> fields(line, 4))
        .map(fields -> new Operation(fields[0], fields[1], fields[2], fields[3]))
        .toList();
  }

  private static Map<String, Passes> passed() throws IOException {
    Map<String, Passes> passed = new TreeMap<>();
    for (Path file : records()) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = fields(line, 4);
        passed.computeIfAbsent(keyOf(fields[0], fields[1]), key -> new Passes()).add(fields[2], fields[3]);
      }
    }
    return passed;
  }

  private static List<Path> records() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of("."))) {
      List<Path> files = new ArrayList<>();
      for (Path folder : modules.map(module -> module.resolve("target/compatibility")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> found = Files.list(folder)) {
          files.addAll(found.toList());
        }
      }
      return files;
    }
  }

  private static String[] fields(String line, int count) {
    String[] fields = line.split(",", -1);
    if (fields.length != count) {
      fail("\"" + line + "\" has not " + count + " fields");
    }
    return fields;
  }

  private static String keyOf(String service, String operation) {
    return service + " " + operation;
  }

  /** By number, so that 1.10.0 comes after 1.9.0. */
  private static int compareVersions(String one, String other) {
    return Comparator.<String, String>comparing(
            version ->
                Stream.of(version.split("[.-]")).map(part -> "%10s".formatted(part)).collect(Collectors.joining()))
        .compare(one, other);
  }

  private static void fail(String reason) {
    System.err.println(reason);
    System.exit(1);
  }
}
