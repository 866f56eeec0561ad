/**
 * Databases to run tests on, for every module: this package is in common's test jar. Does not live
 * here: tests.
 */
package io.vaxel.common.testing;
