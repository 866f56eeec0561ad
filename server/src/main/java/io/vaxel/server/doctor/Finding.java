package io.vaxel.server.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at, in a word or two
 * @param text what is the case
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Finding(String subject, Level level, String text, String advice) {
  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but not for everybody or not for long. */
    WARNING,
    /** The server can't start or can't do its work. */
    PROBLEM
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, Level.OK, text, "");
  }

  static Finding warning(String subject, String text, String advice) {
    return new Finding(subject, Level.WARNING, text, advice);
  }

  static Finding problem(String subject, String text, String advice) {
    return new Finding(subject, Level.PROBLEM, text, advice);
  }
}
