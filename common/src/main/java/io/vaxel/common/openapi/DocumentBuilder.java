package io.vaxel.common.openapi;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the document of one service, once. One thread at a time. */
final class DocumentBuilder {
  private static final String ACCESS_KEY = "accessKey";
  private static final String BEARER = "bearer";

  /**
   * The library keeps the converters of types in one place for the whole process. Ours stands there
   * only while a class is read, under this lock.
   */
  private static final Object READING = new Object();

  private final String service;
  private final @Nullable ApiVersions versions;
  private final SchemaNames names = new SchemaNames();
  private final Set<String> operationIds = new HashSet<>();
  private final Map<String, PathItem> paths = new TreeMap<>();
  private final Map<String, Schema<?>> schemas = new TreeMap<>();

  /**
   * @param versions the service's table; null when its requests carry no {@code api-version}
   */
  DocumentBuilder(String service, @Nullable ApiVersions versions) {
    this.service = service;
    this.versions = versions;
  }

  /** Reads the annotations of REST classes. */
  DocumentBuilder add(List<Class<?>> types) {
    types.forEach(this::add);
    return this;
  }

  /** The document, the same text whenever the same classes were read. */
  String toJson() {
    Components components = new Components();
    CommonResponses.define(components);
    schemas.forEach(components::addSchemas);
    components.addSecuritySchemes(
        ACCESS_KEY,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("Authorization")
            .description(
                "HMAC-SHA256 with an access key of the resource over method, path and query,"
                    + " x-ms-date, host and x-ms-content-sha256, as the SDKs do it."));
    components.addSecuritySchemes(
        BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER));
    Paths all = new Paths();
    paths.forEach(all::addPathItem);
    OpenAPI document = new OpenAPI().info(info()).paths(all).components(components);
    return Json.pretty(document);
  }

  private Info info() {
    Info info = new Info().title("Vaxel " + service);
    return versions == null ? info.version("1") : info.version(versions.all().getLast().name());
  }

  private void add(Class<?> type) {
    ReturnTypes returns = new ReturnTypes(type, names, schemas);
    OpenAPI read = read(type);
    if (read.getPaths() == null) {
      return;
    }
    read.getPaths()
        .forEach(
            (path, item) -> {
              item.readOperationsMap()
                  .forEach(
                      (method, operation) -> {
                        complete(operation, path, type);
                        returns.fill(operation, method + " " + path);
                      });
              merge(path, item);
            });
    if (read.getComponents() != null && read.getComponents().getSchemas() != null) {
      read.getComponents()
          .getSchemas()
          .forEach(
              (name, schema) -> {
                RequiredFields.mark(schema, names.typeOf(name));
                schemas.put(name, schema);
              });
    }
  }

  private OpenAPI read(Class<?> type) {
    synchronized (READING) {
      ModelConverters converters = ModelConverters.getInstance();
      ModelResolver resolver = new ModelResolver(Json.mapper(), names);
      converters.addConverter(resolver);
      try {
        return new Reader(new OpenAPI()).read(type);
      } finally {
        converters.removeConverter(resolver);
      }
    }
  }

  /** Two classes may have the same path with different methods. */
  private void merge(String path, PathItem item) {
    PathItem existing = paths.putIfAbsent(path, item);
    if (existing != null) {
      item.readOperationsMap().forEach(existing::operation);
    }
  }

  private void complete(Operation operation, String path, Class<?> type) {
    if (versions != null) {
      operation.addParametersItem(
          new QueryParameter()
              .name("api-version")
              .required(true)
              .description("The version of the service's API that the caller speaks.")
              .schema(
                  new StringSchema()
                      ._enum(versions.all().stream().map(ServiceVersion::name).toList())));
    }
    if (type.isAnnotationPresent(ResourceCredential.class)) {
      operation.addSecurityItem(new SecurityRequirement().addList(ACCESS_KEY));
    }
    boolean credential = Arrays.stream(type.getAnnotations()).anyMatch(DocumentBuilder::guards);
    if (credential) {
      operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
    CommonResponses.complete(operation, credential);
    String id = operation.getOperationId();
    if (!operationIds.add(id)) {
      operation.setOperationId(id + "Of" + type.getSimpleName().replaceFirst("Resource$", ""));
    }
    if (operation.getTags() == null) {
      operation.addTagsItem(tag(path));
    }
  }

  /** Name bindings of the package of credentials are those that want one. */
  private static boolean guards(Annotation annotation) {
    Class<? extends Annotation> type = annotation.annotationType();
    return type.isAnnotationPresent(NameBinding.class)
        && type.getPackage().equals(ResourceCredential.class.getPackage());
  }

  private static String tag(String path) {
    int slash = path.indexOf('/', 1);
    return path.substring(1, slash < 0 ? path.length() : slash);
  }
}
