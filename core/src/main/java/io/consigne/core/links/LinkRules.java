package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Cidr;
import io.consigne.core.tree.AccessRules;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Checks the rules of a link; all that are set must hold. */
final class LinkRules {
  private final Database database;
  private final Countries countries;

  LinkRules(Database database, Countries countries) {
    this.database = database;
    this.countries = countries;
  }

  /** Refuses who is not let in by the rules, without saying by which. */
  void check(AccessRules rules, Visitor visitor) {
    boolean open =
        network(rules.networks(), visitor.address())
            && country(rules.countries(), visitor.address())
            && (rules.emails().isEmpty() || named(rules.emails(), visitor))
            && (!rules.premium()
                || visitor.access().map(Access::plan).map(Plan::paying).orElse(false));
    if (!open) {
      throw new Failure.NotAdmitted().asException();
    }
  }

  static boolean network(List<String> networks, InetAddress address) {
    return networks.isEmpty()
        || networks.stream().map(Cidr::parse).anyMatch(block -> block.contains(address));
  }

  private boolean country(List<String> allowed, InetAddress address) {
    return allowed.isEmpty() || countries.of(address).map(allowed::contains).orElse(false);
  }

  private boolean named(List<String> emails, Visitor visitor) {
    return visitor
        .access()
        .map(access -> email(access).toLowerCase(Locale.ROOT))
        .map(emails::contains)
        .orElse(false);
  }

  private String email(Access access) {
    return database
        .read(sql ->
            sql.list(
                "SELECT email_key FROM accounts WHERE id = ?",
                row -> row.text("email_key"),
                access.account().value()))
        .stream()
        .findFirst()
        .orElse("");
  }
}
