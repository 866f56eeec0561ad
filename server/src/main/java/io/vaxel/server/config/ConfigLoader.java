package io.vaxel.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts settings together: reference.yaml, then the operator's file, then options of the command
 * line, each over the one before.
 */
public final class ConfigLoader {
  private static final String REFERENCE = "/reference.yaml";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

  private final YAMLMapper mapper = newMapper();

  /**
   * Loads.
   *
   * @param file the operator's, or null
   * @param options dotted keys such as {@code http.port} with text, number, boolean or list values
   * @throws ConfigException when a file can't be read, a key is unknown or a value is not possible
   */
  public ServerConfig load(@Nullable Path file, Map<String, Object> options)
      throws ConfigException {
    ObjectNode settings = reference();
    if (file != null) {
      merge(settings, read(file), "", file.toString());
    }
    for (Map.Entry<String, Object> option : options.entrySet()) {
      set(settings, option.getKey(), mapper.valueToTree(option.getValue()));
    }
    try {
      return mapper.treeToValue(settings, ServerConfig.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException("the setting " + pathOf(e) + " can't be used: " + reasonOf(e), e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private ObjectNode reference() {
    try (InputStream in = ConfigLoader.class.getResourceAsStream(REFERENCE)) {
      if (mapper.readTree(in) instanceof ObjectNode settings) {
        return settings;
      }
      throw new IllegalStateException(REFERENCE + " is missing from the class path");
    } catch (IOException e) {
      throw new IllegalStateException(REFERENCE + " is damaged", e);
    }
  }

  private ObjectNode read(Path file) throws ConfigException {
    JsonNode tree;
    try {
      tree = mapper.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + " is not YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ConfigException("can't read the configuration " + file + ": " + e, e);
    }
    return switch (tree) {
      case ObjectNode settings -> settings;
      case JsonNode none when none.isMissingNode() || none.isNull() -> mapper.createObjectNode();
      default -> throw new ConfigException(file + " does not hold settings (key: value)", null);
    };
  }

  private static void merge(ObjectNode settings, ObjectNode over, String prefix, String origin)
      throws ConfigException {
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      String key = prefix + entry.getKey();
      JsonNode present = settings.get(entry.getKey());
      if (present == null) {
        throw new ConfigException(unknown(key, settings, origin), null);
      }
      if (present instanceof ObjectNode group) {
        if (entry.getValue() instanceof ObjectNode part) {
          merge(group, part, key + ".", origin);
        } else if (!entry.getValue().isNull()) {
          throw new ConfigException(
              "the setting " + key + " in " + origin + " is a group and holds settings", null);
        }
      } else {
        settings.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static String unknown(String key, ObjectNode group, String origin) {
    List<String> known = new ArrayList<>();
    group.fieldNames().forEachRemaining(known::add);
    return "unknown setting " + key + " in " + origin + "; there is " + String.join(", ", known);
  }

  private static void set(ObjectNode settings, String dotted, JsonNode value) {
    ObjectNode group = settings;
    String[] names = dotted.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (!(group.get(names[i]) instanceof ObjectNode inner)) {
        throw new IllegalArgumentException("no such setting: " + dotted);
      }
      group = inner;
    }
    if (!group.has(names[names.length - 1])) {
      throw new IllegalArgumentException("no such setting: " + dotted);
    }
    group.set(names[names.length - 1], value);
  }

  private static String pathOf(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."))
        : "";
  }

  private static String reasonOf(JsonProcessingException e) {
    return e.getCause() instanceof IllegalArgumentException reason
        ? String.valueOf(reason.getMessage())
        : e.getOriginalMessage();
  }

  private static YAMLMapper newMapper() {
    SimpleModule forms = new SimpleModule();
    forms.addDeserializer(Duration.class, new DurationForm());
    forms.addDeserializer(ByteSize.class, new SizeForm());
    return YAMLMapper.builder()
        .addModule(forms)
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }

  private static final class SizeForm extends StdDeserializer<ByteSize> {
    private static final long serialVersionUID = 1L;

    SizeForm() {
      super(ByteSize.class);
    }

    @Override
    public ByteSize deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return ByteSize.parse(parser.getText());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw JsonMappingException.from(parser, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static final class DurationForm extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationForm() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Matcher matcher = DURATION.matcher(parser.getText().strip());
      if (!matcher.matches()) {
        throw JsonMappingException.from(
            parser, "a duration is like 250ms, 10s or 5m, not \"" + parser.getText() + "\"");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
