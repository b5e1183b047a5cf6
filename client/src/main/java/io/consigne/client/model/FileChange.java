package io.consigne.client.model;

import org.jspecify.annotations.Nullable;

/**
 * What to change of files; null leaves as it is.
 *
 * @param description new words; empty removes them
 * @param password of the link, at least 6 characters; empty removes it. Never shown
 * @param inline whether browsers show it in place
 * @param rules who may open the link, and until when; {@link AccessRules#NONE} for everybody and
 *     for ever
 */
public record FileChange(
    @Nullable String description,
    @Nullable String password,
    @Nullable Boolean inline,
    @Nullable AccessRules rules) {
  /** Nothing yet. */
  public static final FileChange NONE = new FileChange(null, null, null, null);

  /**
   * With a description; empty removes it.
   *
   * @param text words of any kind
   * @return a copy
   */
  public FileChange describedAs(String text) {
    return new FileChange(text, password, inline, rules);
  }

  /**
   * With a password of the link; empty removes it.
   *
   * @param secret at least 6 characters
   * @return a copy
   */
  public FileChange lockedBy(String secret) {
    return new FileChange(description, secret, inline, rules);
  }

  /**
   * Shown in place by browsers, or not.
   *
   * @param shown false to have it saved
   * @return a copy
   */
  public FileChange shownInline(boolean shown) {
    return new FileChange(description, password, shown, rules);
  }

  /**
   * Open to those only, and until then. All earlier rules go.
   *
   * @param who instead of the earlier ones
   * @return a copy
   */
  public FileChange openTo(AccessRules who) {
    return new FileChange(description, password, inline, who);
  }

  /** {@return whether the link is to end, which only Consigne hosts offer} */
  public boolean ends() {
    return rules != null && rules.expires() != null;
  }

  @Override
  public String toString() {
    return "FileChange[description=%s, password=%s, inline=%s, rules=%s]"
        .formatted(description, password == null ? "as it is" : "hidden", inline, rules);
  }
}
