package io.vaxel.control.phonenumbers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToCarrierMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.vaxel.control.phonenumbers.OperatorInformation.OperatorDetails;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the numbering plans of the world say about a number. It knows who a block of numbers was
 * given to, not who serves a number after it was ported; no network is asked. Safe for any thread.
 */
final class OperatorLookup {
  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final PhoneNumberToCarrierMapper carriers = PhoneNumberToCarrierMapper.getInstance();

  /**
   * Looks a number up.
   *
   * @param number E.164 with its plus
   * @param details whether the operator is wanted too
   * @return empty when no country has numbers like this
   */
  Optional<OperatorInformation> find(String number, boolean details) {
    PhoneNumber parsed;
    try {
      parsed = plans.parse(number, null);
    } catch (NumberParseException e) {
      return Optional.empty();
    }
    String region = plans.getRegionCodeForNumber(parsed);
    boolean ofOneCountry = region != null && region.length() == 2;
    return Optional.of(
        new OperatorInformation(
            number,
            plans.format(parsed, PhoneNumberFormat.NATIONAL),
            plans.format(parsed, PhoneNumberFormat.INTERNATIONAL),
            ofOneCountry ? region : null,
            typeOf(plans.getNumberType(parsed)),
            details ? operatorOf(parsed) : null));
  }

  private @Nullable OperatorDetails operatorOf(PhoneNumber number) {
    String name = carriers.getNameForNumber(number, Locale.ENGLISH);
    return name.isEmpty() ? null : new OperatorDetails(name);
  }

  private static String typeOf(PhoneNumberUtil.PhoneNumberType type) {
    return switch (type) {
      case FIXED_LINE -> "geographic";
      case MOBILE -> "mobile";
      // In North America the plan does not tell them apart.
      case FIXED_LINE_OR_MOBILE, UNKNOWN -> "unknown";
      default -> "other";
    };
  }
}
