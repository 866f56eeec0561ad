/**
 * The command {@code vaxel numbers}: fills and shows the inventory of phone numbers, on a database
 * or through the operator API. Does not live here: the inventory.
 */
package io.vaxel.server.numbers;
