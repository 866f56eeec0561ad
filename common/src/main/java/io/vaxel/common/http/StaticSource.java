package io.vaxel.common.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where files come from. */
sealed interface StaticSource permits FolderSource, ClassPathSource {
  /**
   * A file that was found.
   *
   * @param etag its entity tag with quotes; differs when the content does
   * @param length in bytes
   */
  record File(String etag, long length, Opener opener) {}

  /** Opens a file. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  /** Whether there are files at all. */
  boolean isThere();

  /** The file of a relative path that {@link StaticContent#isSafe} admits, or null. */
  @Nullable File find(String name) throws IOException;
}
