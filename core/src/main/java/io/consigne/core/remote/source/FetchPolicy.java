package io.consigne.core.remote.source;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Cidr;
import io.consigne.core.ids.Loopback;
import io.consigne.core.remote.source.SourceException.Reason;
import java.net.InetAddress;
import java.util.List;

/**
 * From where the host fetches, and within which limits: the one place that decides it. What it says
 * of an address is asked on the socket that is used, just before it connects.
 *
 * @param limits the table
 * @param allowed networks that the operator allows although they are not public, or the host's own
 * @param own networks in which the host is itself
 */
public record FetchPolicy(FetchLimits limits, List<Cidr> allowed, OwnNetworks own) {
  /** Public addresses only, but none of this machine's networks. */
  public static final FetchPolicy DEFAULT = new FetchPolicy(FetchLimits.DEFAULT, List.of());

  /** Copies the list. */
  public FetchPolicy {
    allowed = List.copyOf(allowed);
  }

  /** A policy of this machine, by the networks that its interfaces are in. */
  public FetchPolicy(FetchLimits limits, List<Cidr> allowed) {
    this(limits, allowed, OwnNetworks.ofInterfaces(limits.addresses().interfaces()));
  }

  /** Whether a connection to this address may be made. */
  public boolean allows(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        || (AddressTable.isPublic(address) && !own.contain(AddressTable.meant(address)));
  }

  /**
   * Refuses what can be refused without asking anybody: a port, and an address that stands in the
   * URL itself. What passes here may still be refused when it is fetched.
   *
   * @throws SourceException {@code FORBIDDEN}
   */
  public void check(SourceUrl url) throws SourceException {
    if (!limits.ports().all().contains(url.port())) {
      throw new SourceException(
          Reason.FORBIDDEN, "This host does not fetch from port " + url.port());
    }
    if (url.literal().isPresent() && !allows(url.literal().get())) {
      throw forbidden(url);
    }
  }

  /**
   * Refuses as {@link #check} does, for callers that are still there.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public void require(SourceUrl url) {
    try {
      check(url);
    } catch (SourceException e) {
      throw new Failure.NotAllowed(String.valueOf(e.getMessage())).asException();
    }
  }

  /**
   * The refusal of an address; it names what the owner named, not what the name system said. Of a
   * name it is the same whether there is an address, so that nobody learns the names of a network
   * that only this host sees.
   */
  static SourceException forbidden(SourceUrl url) {
    boolean told = url.literal().isPresent() || Loopback.is(url.host());
    return told
        ? new SourceException(
            Reason.FORBIDDEN, "This host does not fetch from " + url.place() + ": " + why(url))
        : unknown(url);
  }

  private static String why(SourceUrl url) {
    return url.literal().filter(AddressTable::isPublic).isPresent()
        ? "its address is in a network of the host itself"
        : "its address is not public";
  }

  /** The refusal of a name that leads nowhere, or nowhere where this host may go. */
  static SourceException unknown(SourceUrl url) {
    return new SourceException(
        Reason.UNKNOWN_HOST, "No address to which this host may go is known of " + url.place());
  }
}
