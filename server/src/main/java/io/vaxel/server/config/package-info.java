/**
 * The settings of a server: their shape, and how they come from files and options. Does not: decide
 * defaults, which are all in reference.yaml.
 */
package io.vaxel.server.config;
