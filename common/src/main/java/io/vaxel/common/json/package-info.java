/**
 * JSON as a format: what no library of ours does with its trees. Does not live here: how bodies are
 * read and written ({@code error}).
 */
package io.vaxel.common.json;
