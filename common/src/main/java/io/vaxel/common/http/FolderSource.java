package io.vaxel.common.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Files of a folder, without those that symbolic links lead out to. */
record FolderSource(@Nullable Path folder) implements StaticSource {
  @Override
  public boolean isThere() {
    return folder != null && Files.isDirectory(folder);
  }

  @Override
  public @Nullable File find(String name) throws IOException {
    if (folder == null) {
      return null;
    }
    Path root = folder.toRealPath();
    Path file;
    try {
      file = root.resolve(name);
    } catch (InvalidPathException e) {
      return null;
    }
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root)) {
      return null;
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String etag =
        "\"%x-%x\""
            .formatted(attributes.size(), attributes.lastModifiedTime().toInstant().toEpochMilli());
    return new File(etag, attributes.size(), () -> Files.newInputStream(file));
  }
}
