package io.vaxel.common.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import io.vaxel.common.error.ApiException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/**
 * The documents and a page to browse them, for anybody: they say what the server can do, not what
 * it holds.
 */
@Hidden
@Path("/openapi")
public final class OpenApiResource {
  /** Nothing from elsewhere: the page works on a machine without a way to the internet. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final OpenApiDocuments documents;
  private final byte[] page;

  public OpenApiResource(OpenApiDocuments documents) {
    this.documents = documents;
    try (InputStream in = OpenApiResource.class.getResourceAsStream("index.html")) {
      this.page = Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response page() {
    return Response.ok(page, "text/html; charset=utf-8")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-cache")
        .build();
  }

  @GET
  @Path("/index.json")
  @Produces(MediaType.APPLICATION_JSON)
  public Index index() {
    return new Index(documents.services());
  }

  @GET
  @Path("/{service}.json")
  @Produces(MediaType.APPLICATION_JSON)
  public String document(@PathParam("service") String service) {
    return documents
        .find(service)
        .orElseThrow(() -> new ApiException(404, "NotFound", "There is no such service."));
  }

  /**
   * What there is.
   *
   * @param services each has a document {@code /openapi/SERVICE.json}
   */
  record Index(Set<String> services) {}
}
