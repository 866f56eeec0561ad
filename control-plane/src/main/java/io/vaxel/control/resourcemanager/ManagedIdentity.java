package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The managed identity of a resource, as ARM writes it. It is kept and given back; nothing in a
 * self-hosted server signs in with it.
 *
 * @param type {@code None}, {@code SystemAssigned}, {@code UserAssigned} or both
 * @param principalId of the system's identity, set by the server
 * @param tenantId of the system's identity, set by the server
 * @param userAssignedIdentities ARM ids of identities
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ManagedIdentity(
    @NotNull(message = "must be set")
        @Pattern(
            regexp = "None|SystemAssigned|UserAssigned|SystemAssigned, ?UserAssigned",
            message = "must be None, SystemAssigned, UserAssigned or SystemAssigned,UserAssigned")
        String type,
    @Nullable String principalId,
    @Nullable String tenantId,
    @Size(max = 50, message = "must not hold more than 50 identities")
        @Nullable Map<String, @Nullable UserAssigned> userAssignedIdentities) {

  /**
   * An identity that was assigned.
   *
   * @param principalId set by the server
   * @param clientId set by the server
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UserAssigned(@Nullable String principalId, @Nullable String clientId) {}
}
