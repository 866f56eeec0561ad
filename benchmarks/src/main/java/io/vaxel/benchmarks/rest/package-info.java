/**
 * What the REST services cost over the wire: access tokens a second, start-up, idle memory. Does
 * not: media, which is in {@code load}.
 */
package io.vaxel.benchmarks.rest;
