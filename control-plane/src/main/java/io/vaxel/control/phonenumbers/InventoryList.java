package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.vaxel.control.phonenumbers.InvalidInventoryException.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the list of numbers that an operator imports: CSV (RFC 4180) with a header, or a JSON array
 * of objects with the same names. Every line is read, so that all faults are told at once.
 */
public final class InventoryList {
  /** So many numbers fit into one request and one transaction of a few seconds. */
  public static final int LONGEST = 20_000;

  private static final int MOST_FAULTS = 100;

  private final List<Line> lines = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * A number and where it stands.
   *
   * @param line counted from 1
   */
  public record Line(int line, StockNumber number) {}

  private InventoryList() {}

  /**
   * Reads CSV.
   *
   * @throws InvalidInventoryException when a line is not valid
   */
  public static List<Line> ofCsv(String text) throws InvalidInventoryException {
    InventoryList list = new InventoryList();
    if (text.isBlank()) {
      return list.result();
    }
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (CsvParser parser = new CsvMapper().getFactory().createParser(text)) {
      parser.setSchema(header);
      parser.enable(CsvParser.Feature.TRIM_SPACES);
      parser.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> row = new LinkedHashMap<>();
        int line = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          // Before the first column the place is still that of the line above.
          line = line == 0 ? parser.currentTokenLocation().getLineNr() : line;
          row.put(name, String.valueOf(parser.nextTextValue()));
        }
        list.add(line, row);
      }
    } catch (IOException e) {
      list.faults.add(
          new Fault(
              Math.max(1, list.lastLine() + 1), "cannot be read as CSV with the header's columns"));
    }
    return list.result();
  }

  /**
   * Reads JSON.
   *
   * @throws InvalidInventoryException when an object is not valid
   */
  public static List<Line> ofJson(String text) throws InvalidInventoryException {
    InventoryList list = new InventoryList();
    ObjectMapper json = new ObjectMapper();
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new InvalidInventoryException(
            List.of(new Fault(1, "the list must be a JSON array of objects")));
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode object = json.readTree(parser);
        Map<String, String> row = new LinkedHashMap<>();
        object.properties().forEach(field -> row.put(field.getKey(), text(field.getValue())));
        list.add(line, row);
      }
      if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
        int line = parser.currentLocation().getLineNr();
        list.faults.add(new Fault(line, "the list must be a JSON array of objects"));
      }
    } catch (IOException e) {
      list.faults.add(new Fault(list.lastLine() + 1, "is not JSON"));
    }
    return list.result();
  }

  private static String text(JsonNode value) {
    // An object or array has no text, and its braces are no value that any column takes.
    return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
  }

  private int lastLine() {
    return lines.isEmpty() ? 0 : lines.getLast().line();
  }

  private void add(int line, Map<String, String> row) {
    if (faults.size() >= MOST_FAULTS || lines.size() > LONGEST) {
      return;
    }
    try {
      lines.add(new Line(line, InventoryRow.parse(new HashMap<>(row))));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(line, String.valueOf(e.getMessage())));
    }
  }

  private List<Line> result() throws InvalidInventoryException {
    if (lines.size() > LONGEST) {
      faults.addFirst(new Fault(0, "A list has at most " + LONGEST + " phone numbers."));
    }
    if (lines.isEmpty() && faults.isEmpty()) {
      faults.add(new Fault(0, "The list has no phone numbers."));
    }
    Set<String> seen = new HashSet<>();
    for (Line line : lines) {
      if (!seen.add(line.number().number()) && faults.size() < MOST_FAULTS) {
        faults.add(new Fault(line.line(), line.number().number() + " is in the list twice"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidInventoryException(faults);
    }
    return lines;
  }
}
