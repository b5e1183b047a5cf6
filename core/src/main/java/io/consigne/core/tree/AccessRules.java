package io.consigne.core.tree;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.ids.Cidr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the link of a file besides its owner, and until when; all that are set must hold. The
 * wire calls it {@code acl}.
 *
 * @param networks address blocks, as {@code 192.0.2.0/24}; empty: any address
 * @param countries ISO 3166 codes of two capital letters; empty: any country
 * @param emails accounts by their e-mail, lower case; empty: anybody
 * @param premium only accounts that pay
 * @param expiresOrNull the whole second from which on the link is as that of no file; null: never
 */
public record AccessRules(
    List<String> networks,
    List<String> countries,
    List<String> emails,
    boolean premium,
    @Nullable Instant expiresOrNull) {
  /** No rule: anybody who has the link. */
  public static final AccessRules NONE = new AccessRules(List.of(), List.of(), List.of(), false);

  private static final String EXPIRES = "expires ";
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  /**
   * Copies the lists; refuses what is no block, no code, no address in lower case or no whole
   * second.
   */
  public AccessRules {
    networks = List.copyOf(networks);
    countries = List.copyOf(countries);
    emails = List.copyOf(emails);
    networks.forEach(Cidr::parse);
    for (String country : countries) {
      if (!COUNTRY.matcher(country).matches()) {
        throw new IllegalArgumentException("not a country of two capital letters: " + country);
      }
    }
    for (String email : emails) {
      if (email.lines().count() != 1 || !email.equals(EmailAddress.keyOf(email))) {
        throw new IllegalArgumentException("not an e-mail in lower case: " + email);
      }
    }
    if (expiresOrNull != null && !expiresOrNull.equals(expiresOrNull.truncatedTo(SECONDS))) {
      throw new IllegalArgumentException("not a whole second: " + expiresOrNull);
    }
  }

  /** Rules that hold for ever. */
  public AccessRules(
      List<String> networks, List<String> countries, List<String> emails, boolean premium) {
    this(networks, countries, emails, premium, null);
  }

  /** These rules, with another end; null for none. */
  public AccessRules until(@Nullable Instant end) {
    return new AccessRules(networks, countries, emails, premium, end);
  }

  /** From when on the link is as that of no file; empty: never. */
  public Optional<Instant> expires() {
    return Optional.ofNullable(expiresOrNull);
  }

  /** Whether anybody who has the link may use it, for ever or until it ends. */
  public boolean letEverybodyIn() {
    return until(null).isEmpty();
  }

  /** Whether anybody who has the link may use it, for ever. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** The rules as text for the database, a rule a line; empty for none. */
  public String stored() {
    var lines = new ArrayList<String>();
    networks.forEach(network -> lines.add("ip " + network));
    countries.forEach(country -> lines.add("country " + country));
    emails.forEach(email -> lines.add("email " + email));
    if (premium) {
      lines.add("premium 1");
    }
    if (expiresOrNull != null) {
      lines.add(EXPIRES + expiresOrNull);
    }
    return String.join("\n", lines);
  }

  /** Reads what {@link #stored} wrote. */
  public static AccessRules read(String stored) {
    if (stored.isEmpty()) {
      return NONE;
    }
    List<String> lines = stored.lines().toList();
    return new AccessRules(
        values(lines, "ip "),
        values(lines, "country "),
        values(lines, "email "),
        lines.contains("premium 1"),
        end(lines));
  }

  /** When the link ends by what {@link #stored} wrote; null for never. Reads nothing else of it. */
  public static @Nullable Instant end(String stored) {
    return stored.isEmpty() ? null : end(stored.lines().toList());
  }

  /** Of what {@link #stored} wrote no more than one rule: that with the end, if there is one. */
  static String outline(String stored) {
    if (stored.isEmpty()) {
      return stored;
    }
    List<String> lines = stored.lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith(EXPIRES))
        .findFirst()
        .orElse(lines.getFirst());
  }

  private static @Nullable Instant end(List<String> lines) {
    return values(lines, EXPIRES).stream().findFirst().map(Instant::parse).orElse(null);
  }

  private static List<String> values(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .toList();
  }
}
