package io.consigne.client.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may open the link of a file, and until when; what is empty is open to everybody.
 *
 * @param networks as {@code 192.0.2.0/24}
 * @param countries as {@code FR}
 * @param emails of accounts
 * @param payingOnly only paying accounts
 * @param expires from when on the link is as that of a removed file, to the second; null: never.
 *     Only Consigne hosts know it
 */
public record AccessRules(
    List<String> networks,
    List<String> countries,
    List<String> emails,
    boolean payingOnly,
    @Nullable Instant expires) {
  /** Everybody. */
  public static final AccessRules NONE = new AccessRules(List.of(), List.of(), List.of(), false);

  /** Copies, and leaves parts of a second away. */
  public AccessRules {
    networks = List.copyOf(networks);
    countries = List.copyOf(countries);
    emails = List.copyOf(emails);
    expires = expires == null ? null : expires.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Rules that hold for ever.
   *
   * @param networks as {@code 192.0.2.0/24}
   * @param countries as {@code FR}
   * @param emails of accounts
   * @param payingOnly only paying accounts
   */
  public AccessRules(
      List<String> networks, List<String> countries, List<String> emails, boolean payingOnly) {
    this(networks, countries, emails, payingOnly, null);
  }

  /**
   * The same until then.
   *
   * @param end to the second; null for ever
   * @return a copy
   */
  public AccessRules until(@Nullable Instant end) {
    return new AccessRules(networks, countries, emails, payingOnly, end);
  }
}
