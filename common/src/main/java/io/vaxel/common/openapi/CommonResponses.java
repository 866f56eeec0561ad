package io.vaxel.common.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.vaxel.common.error.ErrorBody;
import java.util.Map;
import java.util.TreeMap;

/**
 * The failures that every operation can have, so that no method has to list them, and the body that
 * all failures share.
 */
final class CommonResponses {
  private static final String JSON = "application/json";
  private static final String BODY = "ErrorBody";
  private static final Map<String, String> EVERY =
      Map.of(
          "400", "The request is not valid; the target names the field.",
          "406", "The Accept header excludes JSON.",
          "429", "Too many requests; Retry-After says when to come back.",
          "500", "The server failed; its log says why.",
          "503", "The server or its database is busy; Retry-After says when to come back.");
  private static final Map<String, String> WITH_BODY =
      Map.of(
          "413", "The body is too large.",
          "415", "The body is of another media type.");
  private static final String DENIED = "The credential is missing or does not hold.";

  private CommonResponses() {}

  /** Adds the schema of errors and one response for each common failure. */
  static void define(Components components) {
    SchemaNames names = new SchemaNames();
    ModelConverters converters = new ModelConverters();
    converters.addConverter(new ModelResolver(Json.mapper(), names));
    converters
        .readAll(new AnnotatedType(ErrorBody.class))
        .forEach(
            (name, schema) -> {
              RequiredFields.mark(schema, names.typeOf(name));
              components.addSchemas(name, schema);
            });
    // In order, or each release of the documents would shuffle them.
    new TreeMap<>(EVERY)
        .forEach((status, text) -> components.addResponses(name(status), failure(status, text)));
    new TreeMap<>(WITH_BODY)
        .forEach((status, text) -> components.addResponses(name(status), failure(status, text)));
    components.addResponses(name("401"), failure("401", DENIED));
  }

  /** Adds the common failures to an operation, and the body to its own. */
  static void complete(Operation operation, boolean credential) {
    ApiResponses responses = operation.getResponses();
    if (responses == null) {
      responses = new ApiResponses();
      operation.setResponses(responses);
    }
    responses.forEach(
        (status, response) -> {
          if (status.startsWith("4") && response.getContent() == null) {
            response.setContent(errorContent());
          }
        });
    EVERY.keySet().forEach(status -> refer(operation, status));
    if (operation.getRequestBody() != null) {
      WITH_BODY.keySet().forEach(status -> refer(operation, status));
    }
    if (credential) {
      refer(operation, "401");
    }
    ApiResponses inOrder = new ApiResponses();
    inOrder.putAll(new TreeMap<>(operation.getResponses()));
    operation.setResponses(inOrder);
  }

  private static void refer(Operation operation, String status) {
    if (!operation.getResponses().containsKey(status)) {
      operation.getResponses().addApiResponse(status, new ApiResponse().$ref(name(status)));
    }
  }

  private static String name(String status) {
    return "Error" + status;
  }

  private static ApiResponse failure(String status, String description) {
    ApiResponse response =
        new ApiResponse()
            .description(description)
            .content(errorContent())
            .addHeaderObject(
                "x-ms-request-id",
                new Header()
                    .description("Names the request in the server's log.")
                    .schema(new StringSchema()));
    if (status.equals("429") || status.equals("503")) {
      response.addHeaderObject(
          "Retry-After", new Header().description("Seconds to wait.").schema(new IntegerSchema()));
    }
    return response;
  }

  private static Content errorContent() {
    return new Content()
        .addMediaType(
            JSON, new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + BODY)));
  }
}
