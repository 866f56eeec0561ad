/**
 * API versions: the table that every service has, and the filter that holds requests to it. Does
 * not live here: any service's table.
 */
package io.vaxel.common.version;
