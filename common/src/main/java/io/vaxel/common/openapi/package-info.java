/**
 * The OpenAPI documents of the REST services, made from the annotations of their classes, and the
 * page that shows them. Does not live here: the annotations themselves, which stand at each method.
 */
package io.vaxel.common.openapi;
