package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vaxel.control.resourcemanager.CommunicationResource.Settings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of a resource; what only the server sets is ignored.
 *
 * @param location {@code global}
 * @param tags labels
 * @param identity the managed identity
 * @param properties what is its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PutResourceRequest(
    @Nullable String location,
    @Size(max = 50, message = "must not hold more than 50 tags")
        @Nullable
            Map<
                @Size(max = 512, message = "must not be longer than 512 characters") String,
                @NotNull(message = "must be texts")
                @Size(max = 256, message = "must not be longer than 256 characters") String>
            tags,
    @Valid @Nullable ManagedIdentity identity,
    @Valid @Nullable Properties properties) {

  /**
   * The properties that a caller sets.
   *
   * @param dataLocation where data is said to be kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Properties(
      @Nullable String dataLocation,
      @Size(max = 100, message = "must not hold more than 100 domains")
          @Nullable
              List<
                  @NotNull(message = "must be texts")
                  @Size(max = 1024, message = "must not be longer than 1024 characters") String>
              linkedDomains,
      @Pattern(
              regexp = "Enabled|Disabled|SecuredByPerimeter",
              message = "must be Enabled, Disabled or SecuredByPerimeter")
          @Nullable String publicNetworkAccess,
      @Nullable Boolean disableLocalAuth) {}

  /** The settings that this amounts to; what is left out is as in a new resource. */
  Settings settings() {
    Settings defaults = Settings.defaults();
    if (properties == null) {
      return new Settings(
          tags == null ? defaults.tags() : tags,
          defaults.linkedDomains(),
          defaults.publicNetworkAccess(),
          defaults.disableLocalAuth(),
          identity);
    }
    return new Settings(
        tags == null ? defaults.tags() : tags,
        properties.linkedDomains() == null ? defaults.linkedDomains() : properties.linkedDomains(),
        properties.publicNetworkAccess() == null
            ? defaults.publicNetworkAccess()
            : properties.publicNetworkAccess(),
        properties.disableLocalAuth() == null
            ? defaults.disableLocalAuth()
            : properties.disableLocalAuth(),
        identity);
  }

  /** What a caller could have said to get these settings. */
  static PutResourceRequest of(Settings settings) {
    return new PutResourceRequest(
        null,
        settings.tags(),
        settings.identity(),
        new Properties(
            null,
            settings.linkedDomains(),
            settings.publicNetworkAccess(),
            settings.disableLocalAuth()));
  }
}
