/**
 * Error answers of every service: the body, the exception that carries it, and the mappers that
 * turn whatever a request threw into it. Does not live here: which errors a service has.
 */
package io.vaxel.common.error;
