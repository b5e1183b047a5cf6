package io.consigne.client.model;

import java.util.List;

/**
 * Who may open the link of a file; what is empty is open to everybody.
 *
 * @param networks as {@code 192.0.2.0/24}
 * @param countries as {@code FR}
 * @param emails of accounts
 * @param payingOnly only paying accounts
 */
public record AccessRules(
    List<String> networks, List<String> countries, List<String> emails, boolean payingOnly) {
  /** Everybody. */
  public static final AccessRules NONE = new AccessRules(List.of(), List.of(), List.of(), false);

  /** Copies. */
  public AccessRules {
    networks = List.copyOf(networks);
    countries = List.copyOf(countries);
    emails = List.copyOf(emails);
  }
}
