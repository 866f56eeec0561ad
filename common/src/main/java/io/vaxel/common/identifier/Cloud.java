package io.vaxel.common.identifier;

/** The clouds that Microsoft runs apart from each other. */
public enum Cloud {
  PUBLIC("orgid", "acs"),
  /** For the government of the United States. */
  GCCH("gcch", "gcch-acs"),
  /** For its department of defence. */
  DOD("dod", "dod-acs");

  private final String teamsName;
  private final String acsName;

  Cloud(String teamsName, String acsName) {
    this.teamsName = teamsName;
    this.acsName = acsName;
  }

  /** The word in raw ids of Teams users and applications. */
  String teamsName() {
    return teamsName;
  }

  /** The word in raw ids of communication users. */
  String acsName() {
    return acsName;
  }
}
