package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.CustomContext;
import java.util.List;

/** Checks the headers that go with a call against the documented limits. */
final class CustomContexts {
  private static final int KEY = 64;
  private static final int SIP_HEADERS = 5;
  private static final int SIP_VALUE = 256;
  private static final int VOIP_HEADERS = 1000;
  private static final int VOIP_VALUE = 1024;
  private static final int USER_TO_USER = 1024;

  private CustomContexts() {}

  static void check(CustomContext context) throws RequestRefusedException {
    if (context.getUserToUser().length() > USER_TO_USER
        || !fit(context.getSipHeadersList(), SIP_HEADERS, SIP_VALUE)
        || !fit(context.getVoipHeadersList(), VOIP_HEADERS, VOIP_VALUE)) {
      throw new RequestRefusedException(SignalingError.INVALID_CUSTOM_CONTEXT);
    }
  }

  private static boolean fit(List<CustomContext.Header> headers, int count, int value) {
    return headers.size() <= count
        && headers.stream()
            .allMatch(
                header ->
                    !header.getKey().isEmpty()
                        && header.getKey().length() <= KEY
                        && header.getValue().length() <= value);
  }
}
