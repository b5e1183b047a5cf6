package io.consigne.core.tree;

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
 * @param rules who may use its link
 */
public record FileAttributes(
    int domain,
    String description,
    @Nullable String password,
    boolean inline,
    boolean noSsl,
    boolean cdn,
    AccessRules rules) {
  @Override
  public String toString() {
    return "FileAttributes[domain=%d, inline=%s, rules=%s]".formatted(domain, inline, rules);
  }
}
