package io.vaxel.common.version;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts every {@link ApiService} under its table of versions. Registered once, with the tables of
 * all services.
 */
public final class ApiVersionFeature implements DynamicFeature {
  private final Map<String, ApiVersionFilter> filters;

  /**
   * @throws IllegalStateException when two tables have the same name
   */
  public ApiVersionFeature(List<ApiVersions> tables) {
    this.filters =
        tables.stream().collect(Collectors.toMap(ApiVersions::service, ApiVersionFilter::new));
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    ApiService service = resource.getResourceClass().getAnnotation(ApiService.class);
    if (service == null) {
      return;
    }
    ApiVersionFilter filter = filters.get(service.value());
    if (filter == null) {
      throw new IllegalStateException("No table of API versions for " + service.value());
    }
    context.register(filter);
  }
}
