/**
 * The operator's REST API at {@code /admin}: resources, users, what is live now. Other services add
 * their own paths beside their code. Does not live here: what these things are.
 */
package io.vaxel.control.admin;
