package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who is called.
 *
 * @param rawId {@code 8:acs:<resource>_<user>}, or {@code 4:} and a number in E.164
 */
record Target(String rawId) {
  /** Targets of one PlaceCall. */
  private static final int MOST = 50;

  private static final String TELEPHONE = "4:";
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{1,14}");

  /** Checks one target of a user's request. */
  static Target of(String rawId, CallUser caller) throws RequestRefusedException {
    boolean fine =
        rawId.startsWith(TELEPHONE)
            ? NUMBER.matcher(rawId.substring(TELEPHONE.length())).matches()
            : rawId.startsWith("8:acs:" + caller.resourceId() + "_")
                && rawId.length() <= 256
                && !rawId.equals(caller.userId());
    if (!fine) {
      throw new RequestRefusedException(SignalingError.INVALID_TARGET);
    }
    return new Target(rawId);
  }

  /** Checks the targets of PlaceCall: 1 to 50, none twice. */
  static List<Target> of(List<String> rawIds, CallUser caller) throws RequestRefusedException {
    List<Target> targets = new ArrayList<>();
    for (String rawId : rawIds) {
      Target target = of(rawId, caller);
      if (!targets.contains(target)) {
        targets.add(target);
      }
    }
    if (targets.isEmpty() || targets.size() > MOST) {
      throw new RequestRefusedException(
          SignalingError.INVALID_TARGET, "A call is placed to 1 to " + MOST + " targets.");
    }
    return targets;
  }

  boolean isTelephone() {
    return rawId.startsWith(TELEPHONE);
  }

  /** The number of a telephone, in E.164. */
  String number() {
    return rawId.substring(TELEPHONE.length());
  }

  /** Checks the number that telephones are shown; empty is fine. */
  static void checkCallerId(String number) throws RequestRefusedException {
    if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
      throw new RequestRefusedException(
          SignalingError.INVALID_TARGET, "alternate_caller_id must be a number in E.164.");
    }
  }
}
