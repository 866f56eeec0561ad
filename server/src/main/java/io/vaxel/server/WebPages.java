package io.vaxel.server;

import io.vaxel.common.http.StaticContent;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calling SDK and the demo page as built from clients/web. They need Node to be built, so they
 * may be missing; then a page says how to add them.
 */
public final class WebPages {
  /** System property with the folder that the build of clients/web writes. */
  static final String FOLDER_PROPERTY = "vaxel.web";

  private static final String MISSING =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Vaxel: web pages are not built</title>
      <style>
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
        pre { background: #8882; padding: 1rem; border-radius: .5rem; overflow: auto }
      </style>
      <h1>The server runs; its web pages are not built yet</h1>
      <p>The demo page and the calling SDK are made with Node 20.19 or newer, which was not found
      when the server was built. Install <a href="https://nodejs.org/">Node</a> with npm (Debian 12's own is too old),
      then start the server again, which builds them:</p>
      <pre>./vaxel serve</pre>
      <p>Or build them by hand while the server runs, and load this page again:</p>
      <pre>cd clients/web
      npm install --no-save
      npm run build</pre>
      </html>
      """;

  private WebPages() {}

  /** The folder that the system property names, or null. */
  public static @Nullable Path folder() {
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    return folder.isEmpty() ? null : Path.of(folder);
  }

  /** {@code /demo} and {@code /sdk} of the folder. */
  static List<StaticContent> of(@Nullable Path folder) {
    return List.of(
        StaticContent.ofFolder("/demo", folder == null ? null : folder.resolve("demo"), MISSING),
        StaticContent.ofFolder("/sdk", folder == null ? null : folder.resolve("sdk"), MISSING));
  }
}
