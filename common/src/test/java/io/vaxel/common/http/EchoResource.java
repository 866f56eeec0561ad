package io.vaxel.common.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the tests of the front door call. */
@Path("/")
public final class EchoResource {
  static final CountDownLatch NEVER = new CountDownLatch(1);

  @POST
  @Path("/identities/{id}/:issueAccessToken")
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, String> issue(
      @PathParam("id") String id,
      @QueryParam("api-version") String version,
      @Context ContainerRequestContext request) {
    RequestFacts facts = (RequestFacts) request.getProperty(RequestFacts.PROPERTY);
    return Map.of(
        "id", id,
        "version", version,
        "target", facts.target(),
        "secure", Boolean.toString(facts.secure()),
        "requestId", facts.requestId());
  }

  @GET
  @Path("/phoneNumbers/{number}")
  public String number(@PathParam("number") String number) {
    return number;
  }

  @POST
  @Path("/length")
  public String length(byte[] body) {
    return Integer.toString(body.length);
  }

  @GET
  @Path("/base")
  public String base(@Context UriInfo uri) {
    return uri.getBaseUri().toString();
  }

  @GET
  @Path("/large")
  public StreamingOutput large(@QueryParam("bytes") int bytes) {
    return out -> {
      byte[] line = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < bytes / line.length; i++) {
        out.write(line);
      }
    };
  }

  @GET
  @Path("/broken-stream")
  public StreamingOutput brokenStream() {
    return out -> {
      out.write(new byte[100_000]);
      out.flush();
      throw new IllegalStateException("the source broke");
    };
  }

  @GET
  @Path("/fails")
  public String fails() {
    throw new IllegalStateException("secret detail");
  }

  @GET
  @Path("/nothing")
  public Response nothing() {
    return Response.noContent().build();
  }

  @GET
  @Path("/gone")
  public Response gone() {
    return Response.status(410).build();
  }

  @GET
  @Path("/waits")
  public String waits(@QueryParam("millis") long millis) throws InterruptedException {
    return Boolean.toString(NEVER.await(millis, TimeUnit.MILLISECONDS));
  }

  @GET
  @Path("/later")
  public void later(@Suspended AsyncResponse response) {
    Thread.ofVirtual().start(() -> response.resume("later"));
  }

  @GET
  @Path("/never")
  public void never(@Suspended AsyncResponse response) {
    response.setTimeout(100, TimeUnit.MILLISECONDS);
  }
}
