/**
 * Communication identifiers: who is meant, as a raw id and as a value. Does not live here: the JSON
 * model of the chat and call automation services, and whether anybody of that name exists.
 */
package io.vaxel.common.identifier;
