package io.consigne.core.tree;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a file set about it.
 *
 * @param domain the wire's domain id of its link, 0 to 10
 * @param description free text, may be empty
 * @param password Argon2id hash of the password that opens its link, or null
 * @param inline serve it to be shown rather than saved
 * @param noSsl hand out plain http addresses
 * @param cdn the owner pays for CDN traffic; remembered, without effect here
 * @param acl who may use its link, as text: a page of a listing has a thousand of them
 */
public record FileAttributes(
    int domain,
    String description,
    @Nullable String password,
    boolean inline,
    boolean noSsl,
    boolean cdn,
    String acl) {
  /** With rules that may be new. */
  public FileAttributes(
      int domain,
      String description,
      @Nullable String password,
      boolean inline,
      boolean noSsl,
      boolean cdn,
      AccessRules rules) {
    this(domain, description, password, inline, noSsl, cdn, rules.stored());
  }

  /** Who may use its link. */
  public AccessRules rules() {
    return AccessRules.read(acl);
  }

  /** Whether there are rules. */
  public boolean isRestricted() {
    return !acl.isEmpty();
  }

  /** Whether its link has ended by itself. */
  public boolean isOver(Instant now) {
    Instant end = AccessRules.end(acl);
    return end != null && !end.isAfter(now);
  }

  @Override
  public String toString() {
    return "FileAttributes[domain=%d, inline=%s, acl=%s]".formatted(domain, inline, acl);
  }
}
