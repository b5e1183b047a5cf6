package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Actor;
import io.consigne.core.ids.Caller;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who comes with a link.
 *
 * @param accessOrNull what the visitor may do here, null for a stranger
 * @param address where the visitor is
 * @param passwordOrNull the password that came with the link, null for none
 */
public record Visitor(
    @Nullable Access accessOrNull, InetAddress address, @Nullable String passwordOrNull) {
  /** What the visitor may do here; empty for a stranger. */
  public Optional<Access> access() {
    return Optional.ofNullable(accessOrNull);
  }

  /** Where the visitor comes from. */
  public Caller caller() {
    Caller known = accessOrNull == null ? null : accessOrNull.callerOrNull();
    return known == null ? new Caller(address, "") : known;
  }

  /** Who this is, for the audit log. */
  public Actor actor() {
    return accessOrNull == null ? Actor.stranger(caller()) : accessOrNull.actor();
  }

  @Override
  public String toString() {
    return "Visitor[" + accessOrNull + ", " + address + "]";
  }
}
