/**
 * What holds for the REST API of all services at once: its documents, that they stay compatible,
 * and what bad input gets. Does not live here: what one service does.
 */
package io.vaxel.control.openapi;
