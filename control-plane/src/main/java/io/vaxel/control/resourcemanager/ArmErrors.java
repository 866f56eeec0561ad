package io.vaxel.control.resourcemanager;

import io.vaxel.common.error.ApiException;

/** The refusals of resource management, with the codes of Azure Resource Manager. */
final class ArmErrors {
  private ArmErrors() {}

  static ApiException notFound(ResourcePlace place, String name) {
    return new ApiException(
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.Communication/CommunicationServices/"
            + name
            + "' under resource group '"
            + place.resourceGroup()
            + "' was not found.");
  }

  static ApiException invalidSubscription() {
    return new ApiException(
        400, "InvalidSubscriptionId", "The subscription id must be a GUID.", "subscriptionId");
  }

  static ApiException invalidGroup() {
    return new ApiException(
        400,
        "InvalidResourceGroup",
        "A resource group has 1 to 90 letters, digits, and -_().  and does not end with a dot.",
        "resourceGroupName");
  }

  static ApiException invalidName() {
    return new ApiException(
        400,
        "InvalidResourceName",
        "A name has 1 to 63 letters, digits and hyphens, and no hyphen at its ends.",
        "communicationServiceName");
  }

  static ApiException required(String target) {
    return new ApiException(400, "ValidationError", target + " must be set.", target);
  }

  static ApiException invalidLocation() {
    return new ApiException(
        400,
        "LocationNotAvailableForResourceType",
        "location must be global; where data is kept is properties.dataLocation.",
        "location");
  }

  static ApiException invalidDataLocation() {
    return new ApiException(
        400,
        "InvalidDataLocation",
        "properties.dataLocation is letters and spaces, such as United States.",
        "properties.dataLocation");
  }

  static ApiException dataLocationIsFixed() {
    return new ApiException(
        409,
        "PropertyChangeNotAllowed",
        "properties.dataLocation cannot be changed.",
        "properties.dataLocation");
  }

  static ApiException invalidSkipToken() {
    return new ApiException(
        400, "InvalidSkipToken", "$skiptoken is not one of this list.", "$skiptoken");
  }

  static ApiException nameTaken() {
    return new ApiException(
        409,
        "NameNotAvailable",
        "Another resource of this server has the name.",
        "communicationServiceName");
  }

  static ApiException full(long most) {
    return new ApiException(
        409,
        "ResourceQuotaExceeded",
        "The server holds " + most + " resources, as many as it may (resources.per-host).");
  }

  static ApiException beingDeleted() {
    return new ApiException(409, "ResourceDeletionInProgress", "The resource is being deleted.");
  }

  static ApiException defaultStays() {
    return new ApiException(
        409, "ResourceCannotBeDeleted", "The resource default belongs to the server.");
  }

  static ApiException preconditionFailed() {
    return new ApiException(
        412, "PreconditionFailed", "The resource is not in the state that the request expects.");
  }

  static ApiException tooManyChanges() {
    return new ApiException(
        409, "Conflict", "The resource was changed by others at the same time; try again.");
  }
}
