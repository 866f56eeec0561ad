package io.vaxel.common.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import io.vaxel.common.version.ApiService;
import io.vaxel.common.version.ApiVersions;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One OpenAPI 3 document for each service. A document is made when it is first asked for, and kept:
 * reading the annotations takes a moment that the start of the server is better without. Safe for
 * any thread.
 *
 * <p>A REST class belongs to the service of its {@link ApiService}; one without belongs to the
 * first segment of its path, such as {@code admin}. Classes marked {@link Hidden} are left out.
 */
public final class OpenApiDocuments {
  private final SortedMap<String, List<Class<?>>> classes;
  private final Map<String, ApiVersions> versions;
  private final Map<String, String> made = new ConcurrentHashMap<>();

  /**
   * @param components what is registered with Jakarta REST; everything without a path is passed
   *     over
   * @param versions the tables of all services
   */
  public OpenApiDocuments(Collection<?> components, List<ApiVersions> versions) {
    this.classes =
        components.stream()
            .<Class<?>>map(component -> component instanceof Class<?> c ? c : component.getClass())
            .filter(type -> type.isAnnotationPresent(Path.class))
            .filter(type -> !type.isAnnotationPresent(Hidden.class))
            .sorted(Comparator.comparing(Class::getName))
            .collect(
                Collectors.groupingBy(
                    OpenApiDocuments::serviceOf,
                    TreeMap::new,
                    Collectors.toCollection(ArrayList::new)));
    this.versions =
        versions.stream().collect(Collectors.toMap(ApiVersions::service, Function.identity()));
  }

  /** The names of the services that have a document, in order. */
  public Set<String> services() {
    return classes.keySet();
  }

  /** The document of a service as JSON text, if there is such a service. */
  public Optional<String> find(String service) {
    List<Class<?>> types = classes.get(service);
    return types == null
        ? Optional.empty()
        : Optional.of(
            made.computeIfAbsent(
                service,
                name -> new DocumentBuilder(name, versions.get(name)).add(types).toJson()));
  }

  private static String serviceOf(Class<?> type) {
    ApiService service = type.getAnnotation(ApiService.class);
    if (service != null) {
      return service.value();
    }
    String path = type.getAnnotation(Path.class).value().replaceFirst("^/", "");
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}
