package io.consigne.core.limits;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.AddressBlock;
import io.consigne.core.ids.KeyId;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Who is charged. */
public sealed interface Subject {
  /** A name that no other subject has, for rows. */
  String name();

  /** A key. */
  record Key(KeyId id) implements Subject {
    @Override
    public String name() {
      return "key:" + id.value();
    }
  }

  /** An account, with all its keys. */
  record OfAccount(AccountId id) implements Subject {
    @Override
    public String name() {
      return "account:" + id.value();
    }
  }

  /**
   * Whoever is at an address: of IPv6 the /64 that one subscriber has at least.
   *
   * @param name {@code address:} and what is common to all of it
   */
  record Network(String name) implements Subject {
    /** The network of an address. */
    public static Network of(InetAddress address) {
      return new Network(
          "address:"
              + (address instanceof Inet6Address
                  ? AddressBlock.of(address) + "/64"
                  : address.getHostAddress()));
    }
  }
}
