package io.consigne.server.api.v1;

import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Span;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Cidr;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code chattr.cgi} and {@code share.cgi} want changed. */
final class AttributeRequest {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Passwords passwords;
  private final boolean countriesKnown;
  private final InstantSource clock;

  /**
   * Hashes with {@code passwords}.
   *
   * @param countriesKnown whether this host can tell in which country an address is
   * @param clock what the ends of links are compared with
   */
  AttributeRequest(Passwords passwords, boolean countriesKnown, InstantSource clock) {
    this.clock = clock;
    this.passwords = passwords;
    this.countriesKnown = countriesKnown;
  }

  AttributeChange read(JsonRequest body, @Nullable FileName name, @Nullable AccessRules rules) {
    return new AttributeChange(
        name,
        body.text("description").map(AttributeRequest::description).orElse(null),
        password(body),
        new AttributeChange.Flags(
            body.flag("inline").orElse(null),
            body.flag("no_ssl").orElse(null),
            body.flag("cdn").orElse(null)),
        rules);
  }

  private static String description(String text) {
    if (text.length() > WireLimits.DESCRIPTION_LENGTH) {
      throw new Failure.TooLarge("description", text.length(), WireLimits.DESCRIPTION_LENGTH)
          .asException();
    }
    return text;
  }

  /** What {@code pass} asks for: absent or null leaves, empty removes, else sets. */
  PasswordChange password(JsonRequest body) {
    return body.text("pass").map(this::password).orElse(PasswordChange.KEEP);
  }

  private PasswordChange password(String text) {
    if (text.isEmpty()) {
      return PasswordChange.REMOVE;
    }
    checkPassword("pass", text);
    return new PasswordChange.Set(passwords.hash(text));
  }

  /** Refuses a password that is too short or too long, without showing it. */
  static void checkPassword(String field, String text) {
    int length = text.codePointCount(0, text.length());
    if (length < WireLimits.SHORTEST_PASSWORD || length > WireLimits.LONGEST_PASSWORD) {
      throw new Failure.Invalid(
              field,
              length + " characters",
              "must have "
                  + WireLimits.SHORTEST_PASSWORD
                  + " to "
                  + WireLimits.LONGEST_PASSWORD
                  + " characters")
          .asException();
    }
  }

  /** The rules that {@code acl} states; an empty object removes all. */
  AccessRules rules(JsonRequest acl) {
    List<String> networks = list(acl, "ip").stream().map(AttributeRequest::network).toList();
    List<String> countries = list(acl, "country").stream().map(this::country).toList();
    List<String> emails =
        list(acl, "email").stream().map(email -> EmailAddress.parse(email).key()).toList();
    Instant end = acl.filled("expires").map(this::end).orElse(null);
    return checked(
        new AccessRules(networks, countries, emails, acl.flag("premium").orElse(false), end));
  }

  /** A length of time from now on, or a time in UTC, as that of keys; to the second. */
  private Instant end(String text) {
    Instant now = clock.instant();
    Instant end = Span.end("acl.expires", text, now).truncatedTo(ChronoUnit.SECONDS);
    if (!end.isAfter(now)) {
      throw new Failure.Invalid("acl.expires", text, "must be a time to come").asException();
    }
    if (end.isAfter(now.atOffset(ZoneOffset.UTC).plusYears(WireLimits.LINK_YEARS).toInstant())) {
      throw new Failure.Invalid(
              "acl.expires", text, "must be at most " + WireLimits.LINK_YEARS + " years ahead")
          .asException();
    }
    return end;
  }

  /** A call may give them to a thousand files, and a page of a listing reads those of as many. */
  private static AccessRules checked(AccessRules rules) {
    int length = rules.stored().length();
    if (length > WireLimits.RULES_LENGTH) {
      throw new Failure.TooLarge("acl", length, WireLimits.RULES_LENGTH).asException();
    }
    return rules;
  }

  private static List<String> list(JsonRequest acl, String field) {
    List<String> values = acl.texts(field).orElse(List.of());
    if (values.size() > WireLimits.RULES_PER_KIND) {
      throw new Failure.TooLarge("acl." + field, values.size(), WireLimits.RULES_PER_KIND)
          .asException();
    }
    return values.stream().filter(value -> !value.isEmpty()).toList();
  }

  private static String network(String text) {
    try {
      return Cidr.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new Failure.Invalid("acl.ip", text, "must be a network like 192.0.2.0/24")
          .asException();
    }
  }

  private String country(String text) {
    if (!countriesKnown) {
      throw new Failure.NotOffered("A rule about countries (it runs without --country-db)")
          .asException();
    }
    String code = text.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(code)) {
      throw new Failure.Invalid("acl.country", text, "must be ISO 3166 codes like FR")
          .asException();
    }
    return code;
  }
}
