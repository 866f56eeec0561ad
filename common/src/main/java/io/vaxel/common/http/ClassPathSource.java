package io.vaxel.common.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Files of the class path: small pages that come inside a jar. */
record ClassPathSource(ClassLoader loader, String folder) implements StaticSource {
  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public @Nullable File find(String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      CRC32C checksum = new CRC32C();
      checksum.update(content);
      String etag = "\"" + HexFormat.of().toHexDigits(checksum.getValue()) + "\"";
      return new File(etag, content.length, () -> new ByteArrayInputStream(content));
    }
  }
}
