package io.vaxel.common.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files under a prefix. {@code /demo} leads to {@code /demo/}, a path that ends in a slash to its
 * {@code index.html}; nothing outside the folder can be named.
 */
public final class StaticContent {
  private static final Logger LOG = LoggerFactory.getLogger(StaticContent.class);
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("ts", "text/plain; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("pem", "application/x-pem-file"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("woff2", "font/woff2"));

  private final String prefix;
  private final StaticSource source;
  private final byte[] missingPage;

  private StaticContent(String prefix, StaticSource source, String missingPage) {
    if (!prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix is like /demo, not " + prefix);
    }
    this.prefix = prefix;
    this.source = source;
    this.missingPage = missingPage.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Files of a folder.
   *
   * @param prefix such as {@code /demo}
   * @param folder read at each request, so it may appear later; null when there is none
   * @param missingPage HTML that is shown while the folder is not there
   */
  public static StaticContent ofFolder(String prefix, @Nullable Path folder, String missingPage) {
    return new StaticContent(prefix, new FolderSource(folder), missingPage);
  }

  /** Files of the class path under a folder such as {@code io/vaxel/pages}. */
  public static StaticContent ofClassPath(String prefix, ClassLoader loader, String folder) {
    return new StaticContent(prefix, new ClassPathSource(loader, folder), "");
  }

  /** Whether a decoded request path is under the prefix. */
  boolean owns(String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /** Answers a request for one of the files. On a virtual thread. */
  void answer(HttpExchange exchange, RequestTarget target) {
    try {
      String path = target.decodedPath();
      if (!exchange.method().equals(HttpMethod.GET) && !exchange.method().equals(HttpMethod.HEAD)) {
        exchange.refuse(Refusal.METHOD);
      } else if (!source.isThere()) {
        answerMissing(exchange);
      } else if (path.length() == prefix.length()) {
        redirect(exchange, prefix + "/" + target.query());
      } else {
        String name = path.substring(prefix.length() + 1);
        answerFile(exchange, name.isEmpty() || name.endsWith("/") ? name + "index.html" : name);
      }
    } catch (IOException e) {
      LOG.warn("a file under {} can't be read: {}", prefix, e.toString());
      exchange.refuse(Refusal.INTERNAL);
    }
  }

  private void answerFile(HttpExchange exchange, String name) throws IOException {
    StaticSource.File file = isSafe(name) ? source.find(name) : null;
    if (file == null) {
      exchange.refuse(Refusal.NOT_FOUND);
      return;
    }
    HttpHeaders headers = pageHeaders(typeOf(name)).set(HttpHeaderNames.ETAG, file.etag());
    if (matches(exchange.header(HttpHeaderNames.IF_NONE_MATCH), file.etag())) {
      exchange.answer(HttpResponseStatus.NOT_MODIFIED, headers, new byte[0]);
      return;
    }
    AnswerStream body = exchange.stream(HttpResponseStatus.OK, headers, file.length());
    if (body == null) {
      return;
    }
    try (InputStream in = file.opener().open()) {
      in.transferTo(body);
      body.close();
    } catch (IOException e) {
      LOG.debug("{} was not sent whole: {}", name, e.toString());
      body.abort();
    }
  }

  /** Whether every segment of a path names a file or folder below, on any system. */
  static boolean isSafe(String name) {
    return name.indexOf('\\') < 0
        && name.indexOf(':') < 0
        && name.indexOf('\0') < 0
        && Arrays.stream(name.split("/", -1))
            .noneMatch(segment -> segment.isEmpty() || segment.startsWith("."));
  }

  private static boolean matches(@Nullable String ifNoneMatch, String etag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", 32))
            .map(String::strip)
            .anyMatch(
                given -> given.equals(etag) || given.equals("W/" + etag) || given.equals("*"));
  }

  private static String typeOf(String name) {
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, UNKNOWN_TYPE);
  }

  private static HttpHeaders pageHeaders(String type) {
    return new DefaultHttpHeaders()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer");
  }

  private static void redirect(HttpExchange exchange, String location) {
    HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.LOCATION, location);
    exchange.answer(HttpResponseStatus.FOUND, headers, new byte[0]);
  }

  private void answerMissing(HttpExchange exchange) {
    exchange.answer(
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        pageHeaders("text/html; charset=utf-8"),
        missingPage);
  }
}
