package io.vaxel.server;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Leads a browser that opens the bare endpoint to the demo page. */
@Path("/")
public final class FirstPageResource {
  @GET
  public Response toDemo() {
    return Response.status(Response.Status.FOUND).location(URI.create("/demo/")).build();
  }
}
