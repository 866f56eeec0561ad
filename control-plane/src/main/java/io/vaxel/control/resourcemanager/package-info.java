/**
 * Communication resources and their keys, as the resource provider {@code Microsoft.Communication}
 * has them. What belongs to a resource lives with its own service.
 */
package io.vaxel.control.resourcemanager;
